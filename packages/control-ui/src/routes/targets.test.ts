import { expect, it } from 'vitest';
import { testApp } from '../testing/app.ts';

const token = 'feedfacecafebeef0123456789abcdef';
const other = '0123456789abcdeffeedfacecafebeef';
const url = 'https://m.test.lan/matomo.php';
const any = { 'if-match': '*' };
const target = (name: string, rest: object = {}) => ({
  name,
  url: `https://${name}.test.lan/matomo.php`,
  site_id: 1,
  ...rest,
});

/** An app whose saved settings have one target, and one with a list of two. */
async function withOne() {
  const app = await testApp();
  const values = { matomo_url: url, matomo_site_id: 3, matomo_token_auth: token, concurrency: 9 };
  await app.store.settings.put(values, 'mine', null);
  return app;
}
async function withTwo() {
  const app = await testApp();
  const list = [target('a', { token_auth: token }), target('b', { weight: 2, enabled: false })];
  await app.store.settings.put({ targets: JSON.stringify(list) }, null, null);
  const tokens = async () => {
    const { values } = await app.store.settings.get();
    const kept = JSON.parse(String(values.targets)) as { name: string; token_auth?: string }[];
    return kept.map(({ name, token_auth = null }) => [name, token_auth]);
  };
  return { ...app, tokens };
}

it('shows the one target of the settings, and a list, tokens masked', async () => {
  const one = await withOne();
  const single = await one.ask('GET', '/api/targets');
  expect(single.headers.etag).toBe('"2"');
  expect(single.json()).toMatchObject({
    source: 'single',
    strategy: 'weighted',
    items: [{ name: 'matomo', url, site_id: 3, token_auth: '***' }],
  });
  const two = await withTwo();
  const list = await two.ask('GET', '/api/targets');
  expect(list.json()).toMatchObject({
    source: 'list',
    items: [
      { name: 'a', token_auth: '***', enabled: true },
      { name: 'b', token_auth: null, weight: 2, enabled: false },
    ],
  });
  expect(list.body).not.toContain(token);
  expect((await two.ask('GET', '/api/targets/B')).json()).toMatchObject({ name: 'b', version: 2 });
  expect((await two.ask('GET', '/api/targets/c')).statusCode).toBe(404);
  const none = await testApp();
  expect((await none.ask('GET', '/api/targets')).json()).toMatchObject({
    source: 'none',
    items: [],
  });
});

it('adds one beside the one of the settings, which keeps its token', async () => {
  const { ask, store } = await withOne();
  const answer = await ask('POST', '/api/targets', {
    body: target('new shop', { token_auth: other }),
  });
  expect(answer.statusCode).toBe(422);
  const made = await ask('POST', '/api/targets', { body: target('new', { token_auth: other }) });
  expect(made.statusCode).toBe(201);
  expect(made.headers).toMatchObject({ location: '/api/targets/new', etag: '"3"' });
  const { values, preset } = await store.settings.get();
  expect(preset).toBe('mine');
  expect(Object.keys(values).toSorted()).toEqual(['concurrency', 'target_strategy', 'targets']);
  expect(JSON.parse(String(values.targets))).toMatchObject([
    { name: 'matomo', url, site_id: 3, token_auth: token },
    { name: 'new', token_auth: other },
  ]);
  expect((await ask('POST', '/api/targets', { body: target('NEW') })).statusCode).toBe(409);
});

it('keeps a token that is left out, blank or masked, and clears it for null', async () => {
  const { ask, tokens } = await withTwo();
  const put = (body: object) => ask('PUT', '/api/targets/a', { body, headers: any });
  for (const body of [{ weight: 3 }, { token_auth: '' }, { token_auth: '***' }]) {
    expect((await put(body)).json().tokens_dropped).toEqual([]);
    expect((await tokens())[0]).toEqual(['a', token]);
  }
  await put({ name: 'renamed' });
  expect((await tokens())[0]).toEqual(['renamed', token]);
  await ask('PUT', '/api/targets/renamed', { body: { token_auth: null }, headers: any });
  expect((await tokens())[0]).toEqual(['renamed', null]);
});

it('never lends a token to another address, and says so', async () => {
  const { ask, tokens } = await withTwo();
  const moved = await ask('PUT', '/api/targets/a', {
    body: { url: 'https://elsewhere.test.lan', token_auth: '***' },
    headers: any,
  });
  expect(moved.json()).toMatchObject({ tokens_dropped: ['a'] });
  expect(moved.json().message).toMatch(/token of a was dropped/);
  expect(await tokens()).toEqual([
    ['a', null],
    ['b', null],
  ]);
  const again = await withTwo();
  const swapped = [
    target('a', { url: 'https://b.test.lan/matomo.php' }),
    target('b', { url: 'https://a.test.lan/matomo.php', token_auth: '***' }),
  ];
  const body = { targets: swapped };
  const answer = await again.ask('PUT', '/api/targets', { body, headers: any });
  expect(answer.json().tokens_dropped).toEqual(['a']);
  // It is still where it was given for, whatever the target is called.
  expect(await again.tokens()).toEqual([
    ['a', null],
    ['b', token],
  ]);
});

it('takes another order and strategy, and refuses a stale edit', async () => {
  const { ask, tokens } = await withTwo();
  const body = { targets: [target('b'), target('a', { token_auth: '***' })], strategy: 'mirror' };
  expect((await ask('PUT', '/api/targets', { body })).statusCode).toBe(428);
  const put = await ask('PUT', '/api/targets', { body, headers: { 'if-match': '"2"' } });
  expect(put.json()).toMatchObject({ strategy: 'mirror', version: 3, items: [{ name: 'b' }, {}] });
  expect(await tokens()).toEqual([
    ['b', null],
    ['a', token],
  ]);
  const stale = await ask('PUT', '/api/targets', { body, headers: { 'if-match': '"1"' } });
  expect(stale.statusCode).toBe(412);
  const gone = await ask('DELETE', '/api/targets/b', { headers: { 'if-match': '"1"' } });
  expect(gone.statusCode).toBe(412);
});

it('tells all mistakes with their places, and keeps nothing', async () => {
  const { ask, store } = await withTwo();
  const before = await store.settings.get();
  const targets = [target('a', { site_id: 0 }), target('b', { url: 'ftp://x', colour: 'red' })];
  const whole = await ask('PUT', '/api/targets', { body: { targets }, headers: any });
  const pointers = whole.json().errors.map(({ pointer }: { pointer: string }) => pointer);
  expect(pointers).toEqual(expect.arrayContaining(['/targets/0/site_id', '/targets/1/colour']));
  const one = await ask('PUT', '/api/targets/b', { body: { url: 'nowhere' }, headers: any });
  expect(one.json()).toMatchObject({ status: 422, errors: [{ pointer: '/url' }] });
  const off = await ask('PUT', '/api/targets/a', { body: { enabled: false }, headers: any });
  expect(off.statusCode).toBe(422);
  expect(await store.settings.get()).toEqual(before);
});

it('removes targets, the last one too', async () => {
  const { ask, store } = await withOne();
  expect((await ask('DELETE', '/api/targets/matomo', { headers: any })).statusCode).toBe(204);
  expect((await store.settings.get()).values).toEqual({ concurrency: 9 });
  expect((await ask('GET', '/api/targets')).json()).toMatchObject({
    source: 'none',
    problems: [{ code: 'target_missing' }],
  });
  expect((await ask('DELETE', '/api/targets/matomo', { headers: any })).statusCode).toBe(404);
});

it('finds a target by the longest name there may be', async () => {
  const { ask } = await testApp();
  const name = 'ä'.repeat(100);
  const made = await ask('POST', '/api/targets', { body: { name, url, site_id: 1 } });
  const { location } = made.headers;
  expect((await ask('GET', String(location))).json()).toMatchObject({ name });
});
