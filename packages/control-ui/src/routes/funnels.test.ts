import { expect, it } from 'vitest';
import { testApp } from '../testing/app.ts';

const any = { 'if-match': '*' };
const page = { type: 'pageview', url: 'https://shop.test/' };
const funnel = (name: string, probability = 0.5, rest: object = {}) => ({
  name,
  probability,
  steps: [page],
  ...rest,
});

it('keeps a funnel whole, and tells the share that it really gets', async () => {
  const { ask } = await testApp();
  const made = await ask('POST', '/api/funnels', { body: funnel('first', 0.4, { priority: 1 }) });
  expect(made.statusCode).toBe(201);
  expect(made.headers).toMatchObject({ location: '/api/funnels/1', etag: '"1"' });
  await ask('POST', '/api/funnels', { body: funnel('second', 0.5, { priority: 2 }) });
  await ask('POST', '/api/funnels', { body: funnel('off', 1, { enabled: false }) });
  const { items, total } = (await ask('GET', '/api/funnels')).json();
  const seen = items.map((each: Record<string, unknown>) => [
    each.name,
    each.share,
    each.step_count,
  ]);
  expect(seen).toEqual([
    ['off', null, 1],
    ['first', 0.4, 1],
    ['second', 0.3, 1],
  ]);
  expect(total).toBe(3);
  expect((await ask('GET', '/api/funnels/1')).json()).toMatchObject({
    funnel: funnel('first', 0.4, { priority: 1 }),
    warnings: [],
  });
});

it('tells all mistakes by step and field, with their places', async () => {
  const { ask, store } = await testApp();
  const steps = [{ type: 'event', event_category: 'a', delay_seconds_min: -1 }, { type: 'party' }];
  const answer = await ask('POST', '/api/funnels', {
    body: { name: 'x', probability: 2, steps, surprise: 1 },
  });
  expect(answer.statusCode).toBe(422);
  const errors = answer.json().errors as { pointer: string; message: string }[];
  const pointers = errors.map(({ pointer }) => pointer);
  for (const pointer of [
    '/probability',
    '/surprise',
    '/steps/0/type',
    '/steps/0/event_action',
    '/steps/0/delay_seconds_min',
    '/steps/1/type',
  ]) {
    expect(pointers).toContain(pointer);
  }
  const action = errors.find(({ pointer }) => pointer === '/steps/0/event_action');
  expect(action?.message).toBe('Funnel “x”, step 1 (event): event_action is missing.');
  expect(await store.funnels.all()).toEqual([]);
});

it('changes what is given, switches on and off, and refuses a stale edit', async () => {
  const { ask } = await testApp();
  const body = funnel('a', 0.5, { description: 'A', priority: 3 });
  await ask('POST', '/api/funnels', { body });
  expect((await ask('PUT', '/api/funnels/1', { body: { probability: 1 } })).statusCode).toBe(428);
  const put = await ask('PUT', '/api/funnels/1', {
    body: { probability: 1, description: null, priority: null },
    headers: { 'if-match': '"1"' },
  });
  expect(put.json()).toMatchObject({ version: 2, probability: 1, description: null, priority: 0 });
  const off = { body: { enabled: false } };
  const switched = (version: string) =>
    ask('PUT', '/api/funnels/1/enabled', { ...off, headers: { 'if-match': version } });
  expect((await switched('"1"')).statusCode).toBe(412);
  expect((await switched('"2"')).json()).toMatchObject({ enabled: false, share: null });
  expect((await ask('DELETE', '/api/funnels/1', { headers: any })).statusCode).toBe(204);
  expect((await ask('DELETE', '/api/funnels/1', { headers: any })).statusCode).toBe(404);
});

it('gives pages in the order in which funnels are tried', async () => {
  const { ask } = await testApp();
  for (let n = 1; n <= 5; n++) {
    await ask('POST', '/api/funnels', { body: funnel(`f${n}`, 0.1, { priority: 5 - n }) });
  }
  const seen: string[] = [];
  let cursor = '';
  do {
    const { items, next } = (await ask('GET', `/api/funnels?limit=2${cursor}`)).json();
    seen.push(...items.map(({ name }: { name: string }) => name));
    cursor = next === null ? '' : `&cursor=${next}`;
  } while (cursor !== '');
  expect(seen).toEqual(['f5', 'f4', 'f3', 'f2', 'f1']);
});

it('puts them in another order, unless somebody edited one meanwhile', async () => {
  const { ask } = await testApp();
  for (const name of ['a', 'b', 'c']) await ask('POST', '/api/funnels', { body: funnel(name) });
  const etag = String((await ask('GET', '/api/funnels')).headers.etag);
  const order = (ids: number[], version: string) =>
    ask('PUT', '/api/funnels/order', { body: { ids }, headers: { 'if-match': version } });
  expect((await order([3, 1], etag)).statusCode).toBe(422);
  expect((await order([3, 1, 1], etag)).statusCode).toBe(422);
  const { items } = (await order([3, 1, 2], etag)).json();
  expect(items.map(({ id, priority }: Record<string, number>) => [id, priority])).toEqual([
    [3, 0],
    [1, 1],
    [2, 2],
  ]);
  expect((await order([1, 2, 3], etag)).statusCode).toBe(412);
});

it('takes a file in, all or nothing, and gives it back', async () => {
  const { ask } = await testApp();
  const file = [funnel('a', 0.2), funnel('b', 0.3, { enabled: false })];
  const wrong = [...file, { ...funnel('c'), steps: [] }];
  const refused = await ask('POST', '/api/funnels/import', { body: wrong });
  expect(refused.json()).toMatchObject({ status: 422, errors: [{ pointer: '/2/steps' }] });
  expect((await ask('GET', '/api/funnels/file')).json()).toEqual([]);
  expect((await ask('POST', '/api/funnels/import', { body: file })).json()).toMatchObject({
    created: 2,
  });
  expect((await ask('GET', '/api/funnels/file')).json()).toMatchObject(file);
  const again = await ask('POST', '/api/funnels/import', { body: file });
  expect(again.json()).toMatchObject({ status: 409, errors: [{ pointer: '/0/name' }, {}] });
  const changed = [funnel('a', 0.9)];
  const taken = (conflict: string) =>
    ask('POST', `/api/funnels/import?conflict=${conflict}`, { body: changed });
  expect((await taken('skip')).json()).toMatchObject({ created: 0, skipped: 1 });
  expect((await taken('rename')).json()).toMatchObject({
    created: 1,
    renamed: [{ from: 'a', to: 'a (imported)' }],
  });
  expect((await taken('replace')).json()).toMatchObject({ created: 0, replaced: 1 });
  expect((await ask('GET', '/api/funnels/1')).json()).toMatchObject({ probability: 0.9 });
});

it('tells of each funnel how far visitors came in the newest run that had it', async () => {
  const { ask, store } = await testApp();
  const counts = (steps: number[]) => ({
    starts: steps[0] ?? 0,
    steps,
    completions: steps.at(-1) ?? 0,
  });
  const journeys = [{ name: 'buyer', starts: 3, planned: 4 }];
  const ran = (id: string, started_at: string, funnels: unknown) =>
    store.runs.begin({
      id,
      kind: 'live',
      name: null,
      instances: ['loader-1'],
      started_by: 'operator',
      started_at,
      ended_at: started_at,
      end: 'finished',
      reason: null,
      settings: {},
      preset: null,
      result: { funnels, journeys },
    });
  const numbers = (name: string, steps: number[]) => ({
    name,
    ...counts(steps),
    planned: counts(steps.map((each) => each + 1)),
  });
  await ran('run-1', '2026-05-01T10:00:00.000Z', [numbers('a', [9, 5]), numbers('old', [4])]);
  await ran('run-2', '2026-05-02T10:00:00.000Z', [numbers('a', [7, 6])]);
  await ran('run-3', '2026-05-03T10:00:00.000Z', 'none');
  const { items, runs } = (await ask('GET', '/api/funnels/statistics')).json();
  expect(runs).toBe(3);
  const seen = items.map((each: { name: string; steps: number[]; run: { id: string } }) => [
    each.name,
    each.steps,
    each.run.id,
  ]);
  expect(seen).toEqual([
    ['a', [7, 6], 'run-2'],
    ['old', [4], 'run-1'],
  ]);
  const told = (await ask('GET', '/api/journeys/statistics')).json();
  expect(told.items).toMatchObject([{ ...journeys[0], run: { id: 'run-3', kind: 'live' } }]);
});
