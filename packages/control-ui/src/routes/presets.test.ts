import { parseEnvFile } from '@trafficinator/contract';
import { expect, it } from 'vitest';
import { testApp } from '../testing/app.ts';

const token = 'feedfacecafebeef0123456789abcdef';
const url = 'https://m.test.lan/matomo.php';
const any = { 'if-match': '*' };

it('keeps settings under a name, and tells what it is about', async () => {
  const { ask } = await testApp();
  const made = await ask('POST', '/api/presets', {
    body: { name: ' Night ', description: 'Slow', config: { concurrency: 7 } },
  });
  expect(made.statusCode).toBe(201);
  expect(made.headers).toMatchObject({ location: '/api/presets/1', etag: '"1"' });
  expect(made.json()).toMatchObject({ name: 'Night', valid: true, settings: { concurrency: 7 } });
  const list = (await ask('GET', '/api/presets')).json();
  expect(list).toMatchObject({ total: 1, next: null, items: [{ id: 1, name: 'Night' }] });
  expect(list.built_in.map(({ name }: { name: string }) => name)).toEqual([
    'light',
    'medium',
    'heavy',
    'extreme',
  ]);
  expect(list.built_in[0].settings).toMatchObject({ target_visits_per_day: 1_000 });
});

it('refuses settings that cannot be used, and names that are taken', async () => {
  const { ask, store } = await testApp();
  const wrong = await ask('POST', '/api/presets', {
    body: { name: 'a', config: { concurrency: 0, pageviews_min: 5, pageviews_max: 2, nothing: 1 } },
  });
  expect(wrong.statusCode).toBe(422);
  const pointers = wrong.json().errors.map(({ pointer }: { pointer: string }) => pointer);
  expect(pointers).toEqual(
    expect.arrayContaining(['/config/concurrency', '/config/pageviews_min', '/config/nothing']),
  );
  expect(await store.presets.all()).toEqual([]);
  const body = { name: 'a', config: {} };
  expect((await ask('POST', '/api/presets', { body })).statusCode).toBe(201);
  expect((await ask('POST', '/api/presets', { body })).json()).toMatchObject({
    status: 409,
    code: 'name_taken',
  });
  const light = await ask('POST', '/api/presets', { body: { name: 'Light', config: {} } });
  expect(light.statusCode).toBe(409);
  expect((await ask('POST', '/api/presets', { body: { name: 'b' } })).statusCode).toBe(422);
});

it('changes what is given, clears a description, and refuses a stale edit', async () => {
  const { ask } = await testApp();
  await ask('POST', '/api/presets', { body: { name: 'a', description: 'A', config: {} } });
  const put = (body: unknown, headers?: Record<string, string>) =>
    ask('PUT', '/api/presets/1', { body, ...(headers && { headers }) });
  expect((await put({ name: 'b' })).statusCode).toBe(428);
  expect((await put({ name: 'b' }, { 'if-match': '"1"' })).json()).toMatchObject({
    name: 'b',
    description: 'A',
    version: 2,
  });
  expect((await put({ name: 'c' }, { 'if-match': '"1"' })).statusCode).toBe(412);
  expect((await put({ description: null }, any)).json()).toMatchObject({
    name: 'b',
    description: '',
  });
  expect((await put({ config: { concurrency: 9 } }, any)).json().settings).toEqual({
    concurrency: 9,
  });
  expect(
    (await ask('DELETE', '/api/presets/1', { headers: { 'if-match': '"1"' } })).statusCode,
  ).toBe(412);
  expect((await ask('DELETE', '/api/presets/1', { headers: any })).statusCode).toBe(204);
  expect((await ask('GET', '/api/presets/1')).statusCode).toBe(404);
});

it('keeps tokens only when asked to, and never shows them', async () => {
  const { ask, store } = await testApp();
  await store.settings.put({ matomo_url: url, matomo_token_auth: token, seed: 4 }, null, null);
  const open = await ask('POST', '/api/presets', { body: { name: 'open', from: 'saved' } });
  expect(open.json().settings).toEqual({ matomo_url: url, seed: 4 });
  const body = { name: 'sealed', from: 'saved', with_secrets: true };
  const sealed = await ask('POST', '/api/presets', { body });
  expect(sealed.json().settings).toMatchObject({ matomo_token_auth: '***' });
  const kept = async () => (await store.presets.get(2))?.settings.matomo_token_auth;
  expect(await kept()).toBe(token);
  const put = (config: unknown) => ask('PUT', '/api/presets/2', { body: { config }, headers: any });
  await put({ matomo_url: url, matomo_token_auth: '***' });
  expect(await kept()).toBe(token);
  await put({ matomo_url: 'https://other.test.lan', matomo_token_auth: '***' });
  expect(await kept()).toBeUndefined();
  const stray = await put({ matomo_token_auth: token });
  expect(stray.statusCode).toBe(422);
});

it('gives a .env file that says the same, without secrets', async () => {
  const { ask } = await testApp();
  const config = {
    matomo_url: url,
    matomo_token_auth: token,
    concurrency: 7,
    randomize_visitor_countries: false,
    timezone: 'Europe/Stockholm',
  };
  await ask('POST', '/api/presets', { body: { name: 'a', config, with_secrets: true } });
  const answer = await ask('GET', '/api/presets/1/env');
  expect(answer.headers['content-type']).toMatch(/^text\/plain/);
  expect(answer.body).not.toContain(token);
  const { entries, problems } = parseEnvFile('a.env', answer.body);
  expect(problems).toEqual([]);
  expect(Object.fromEntries(entries.map(({ name, text }) => [name, text]))).toEqual({
    MATOMO_URL: url,
    CONCURRENCY: '7',
    RANDOMIZE_VISITOR_COUNTRIES: 'false',
    TIMEZONE: 'Europe/Stockholm',
  });
});

it('loads a built-in preset over everything but target and token', async () => {
  const { ask, store } = await testApp();
  await store.settings.put(
    { matomo_url: url, matomo_site_id: 3, matomo_token_auth: token, concurrency: 7, seed: 4 },
    null,
    null,
  );
  const answer = await ask('POST', '/api/presets/built-in/light/load', { body: {} });
  expect(answer.json()).toMatchObject({ preset: 'light', problems: [] });
  const { values, preset } = await store.settings.get();
  expect(preset).toBe('light');
  expect(values).toMatchObject({
    matomo_url: url,
    matomo_site_id: 3,
    matomo_token_auth: token,
    concurrency: 10,
  });
  expect(values).not.toHaveProperty('seed');
  expect((await ask('POST', '/api/presets/built-in/huge/load', { body: {} })).statusCode).toBe(404);
});

it('never lends a token to the address that a preset brings', async () => {
  const { ask, store } = await testApp();
  await store.settings.put({ matomo_url: url, matomo_token_auth: token }, null, null);
  const config = { matomo_url: 'https://other.test.lan' };
  await ask('POST', '/api/presets', { body: { name: 'other', config } });
  const answer = await ask('POST', '/api/presets/1/load', { body: {} });
  expect(answer.json().problems[0].message).toMatch(/token .* dropped/);
  const { values } = await store.settings.get();
  expect(values).not.toHaveProperty('matomo_token_auth');
});

it('keeps a saved list of targets unless it is told to give it up', async () => {
  const { ask, store } = await testApp();
  const targets = JSON.stringify([{ name: 'a', url, site_id: 1, token_auth: token }]);
  await store.settings.put({ targets }, null, null);
  await ask('POST', '/api/presets', {
    body: { name: 'one', config: { matomo_url: url, seed: 5 } },
  });
  const kept = await ask('POST', '/api/presets/1/load', { body: {} });
  expect(kept.json().problems[0].message).toMatch(/list of targets stays/);
  expect((await store.settings.get()).values).toEqual({ targets, seed: 5 });
  await ask('POST', '/api/presets/1/load', { body: { target: 'preset' } });
  expect((await store.settings.get()).values).toEqual({ matomo_url: url, seed: 5 });
});

it('tells of a preset that holds no more, and does not load it', async () => {
  const { ask, store } = await testApp();
  const row = { name: 'old', description: '', settings: { concurrency: -1 }, with_secrets: false };
  await store.presets.create(row);
  expect((await ask('GET', '/api/presets/1')).json()).toMatchObject({
    valid: false,
    problems: [{ code: 'setting_out_of_range' }],
  });
  expect((await ask('POST', '/api/presets/1/load', { body: {} })).statusCode).toBe(422);
  expect((await store.settings.get()).values).toEqual({});
});

it('says of a loaded preset that a target is missing', async () => {
  const { ask } = await testApp();
  const answer = await ask('POST', '/api/presets/built-in/medium/load', { body: {} });
  const codes = answer.json().problems.map(({ code }: { code: string }) => code);
  expect(codes).toEqual(['target_missing']);
});
