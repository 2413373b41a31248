import { expect, it } from 'vitest';
import { testApp } from '../testing/app.ts';

const any = { 'if-match': '*' };
const event = (action: string, rest: object = {}) => ({ category: 'Own', action, ...rest });

it('shows the built-in events until there are others', async () => {
  const { ask } = await testApp();
  expect((await ask('GET', '/api/events')).json()).toMatchObject({
    source: 'default',
    version: 0,
    config: { click_events: { length: 3 }, random_events: { length: 1 } },
    content: null,
    distribution: {
      click_events: { count: 3, from: 'built_in', categories: [{ category: 'Menu' }, {}] },
    },
  });
  const config = { click_events: [event('a', { weight: 3 }), event('b')] };
  const put = await ask('PUT', '/api/events', { body: { config }, headers: { 'if-match': '"0"' } });
  expect(put.json()).toMatchObject({
    source: 'custom',
    version: 1,
    config: { random_events: { length: 1 } },
    content: `${JSON.stringify(config, null, 2)}\n`,
    built_in: { click_events: { length: 3 }, random_events: { length: 1 } },
    distribution: {
      click_events: { count: 2, from: 'own', categories: [{ category: 'Own', share: 1 }] },
      random_events: { from: 'built_in' },
    },
  });
  const stale = await ask('PUT', '/api/events', {
    body: { config },
    headers: { 'if-match': '"0"' },
  });
  expect(stale.statusCode).toBe(412);
  expect((await ask('DELETE', '/api/events', { headers: any })).statusCode).toBe(204);
  expect((await ask('GET', '/api/events')).json()).toMatchObject({ source: 'default' });
});

it('tells mistakes with their places, and keeps nothing of a wrong file', async () => {
  const { ask, store } = await testApp();
  const config = { click_events: [event('a'), { category: 'x' }], random_events_probability: 2 };
  const wrong = await ask('POST', '/api/events', { body: { config } });
  const pointers = wrong.json().errors.map(({ pointer }: { pointer: string }) => pointer);
  expect(pointers).toEqual(
    expect.arrayContaining(['/config/click_events/1/action', '/config/random_events_probability']),
  );
  for (const body of [{ content: '{' }, {}, { content: '{}', config: {} }]) {
    expect((await ask('POST', '/api/events', { body })).statusCode).toBe(422);
  }
  expect(await store.documents.get('events')).toBeNull();
  const verdict = await ask('POST', '/api/events/validate', {
    body: { content: '{' },
    as: 'viewer',
  });
  expect(verdict.json()).toMatchObject({ valid: false, distribution: null });
});

it('edits events one by one', async () => {
  const { ask } = await testApp();
  const added = await ask('POST', '/api/events/click_events', { body: event('New', { value: 2 }) });
  expect(added.statusCode).toBe(201);
  expect(added.headers).toMatchObject({ location: '/api/events/click_events/3', etag: '"1"' });
  const list = (await ask('GET', '/api/events/click_events?limit=3&cursor=1')).json();
  expect(list).toMatchObject({
    from: 'own',
    total: 4,
    next: null,
    items: [{ position: 1 }, { position: 2 }, { position: 3, action: 'New', value: 2 }],
  });
  const at = (position: number) => `/api/events/click_events/${position}`;
  const put = (position: number, body: unknown, version = '*') =>
    ask('PUT', at(position), { body, headers: { 'if-match': version } });
  expect((await put(0, event('Changed'), '"1"')).json()).toMatchObject({
    action: 'Changed',
    position: 0,
    version: 2,
  });
  expect((await put(0, event('Late'), '"1"')).statusCode).toBe(412);
  expect((await put(9, event('x'))).statusCode).toBe(404);
  const wrong = await put(0, { category: 'x', action: '', value: 'a' });
  expect(wrong.json()).toMatchObject({ status: 422 });
  const pointers = wrong.json().errors.map(({ pointer }: { pointer: string }) => pointer);
  expect(pointers).toEqual(['/action', '/value']);
  expect((await ask('DELETE', at(0), { headers: any })).statusCode).toBe(204);
  expect((await ask('GET', at(0))).json()).toMatchObject({ category: 'Menu', action: 'Close' });
  expect((await ask('GET', at(3))).statusCode).toBe(404);
  expect((await ask('GET', '/api/events/other_events')).statusCode).toBe(422);
  const random = (await ask('GET', '/api/events/random_events')).json();
  expect(random).toMatchObject({ from: 'built_in', total: 1 });
});

it('does not edit one event of a file that cannot be read any more', async () => {
  const { ask, store } = await testApp();
  await store.documents.put('events', '{"click_events": 5}', null);
  const answer = await ask('POST', '/api/events/random_events', { body: event('a') });
  expect(answer.statusCode).toBe(422);
  expect((await store.documents.get('events'))?.version).toBe(1);
});

it('keeps campaigns as they are written', async () => {
  const { ask } = await testApp();
  expect((await ask('GET', '/api/campaigns')).json()).toMatchObject({ source: 'default' });
  const config = [{ name: 'spring', weight: 2 }];
  const put = await ask('PUT', '/api/campaigns', { body: { config }, headers: any });
  expect(put.json()).toMatchObject({ source: 'custom', version: 1, valid: true, problems: [] });
  expect(JSON.parse(put.json().content)).toEqual(config);
  const wrong = { config: [{ name: 'a' }, { name: 'A', weight: -1 }] };
  const refused = await ask('PUT', '/api/campaigns', { body: wrong, headers: any });
  expect(refused.json()).toMatchObject({ status: 422, errors: [{ pointer: '/config/1/weight' }] });
  const names = { content: 'spring:3,summer' };
  expect((await ask('PUT', '/api/campaigns', { body: names, headers: any })).statusCode).toBe(200);
  expect((await ask('DELETE', '/api/campaigns', { headers: any })).statusCode).toBe(204);
});
