import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { element, pageQuery, postBulk } from '../../test/client.ts';
import { type FakeMatomo, startFakeMatomo } from '../index.ts';

let fake: FakeMatomo;
const NOW_MS = Date.parse('2026-11-20T12:00:00Z');

beforeAll(async () => {
  fake = await startFakeMatomo({ now: () => NOW_MS });
});
beforeEach(() => fake.reset());
afterAll(() => fake.close());

const recordedActions = () =>
  fake.store.visits(1).reduce((sum, visit) => sum + visit.actions.length, 0);

async function answer(response: Promise<Response>): Promise<[number, unknown]> {
  const { status, text } = await response.then(async (got) => ({
    status: got.status,
    text: await got.text(),
  }));
  return [status, text === '' ? '' : JSON.parse(text)];
}

it('answers with counts, indices and CORS headers, and records the valid ones', async () => {
  const requests = [element(), element({ idsite: 999 }), element(), element({ cid: 'abc' })];
  const response = await postBulk(fake, requests);
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(response.headers.get('access-control-allow-credentials')).toBe('true');
  expect(await response.json()).toEqual({
    status: 'success',
    tracked: 2,
    invalid: 2,
    invalid_indices: [1, 3],
  });
  expect(recordedActions()).toBe(2);
});

it.each([
  ['no token', {}],
  ['a wrong token', { token_auth: 'wrong' }],
])('tells no indices with %s, and refuses what needs one', async (_, top) => {
  const requests = [element(), element({ cip: '203.0.113.7' })];
  expect(await answer(postBulk(fake, requests, top))).toEqual([
    200,
    { status: 'success', tracked: 1, invalid: 1 },
  ]);
});

it('takes a token of an element for that element, without telling indices', async () => {
  const own = element({ cip: '203.0.113.7', token_auth: fake.token });
  expect(await answer(postBulk(fake, [own], {}))).toEqual([
    200,
    { status: 'success', tracked: 1, invalid: 0 },
  ]);
});

it('does not take a token from the address', async () => {
  const body = JSON.stringify({ requests: [element({ cip: '203.0.113.7' })] });
  const url = `${fake.tracker_url}?token_auth=${fake.token}`;
  expect(await answer(fetch(url, { method: 'POST', body }))).toEqual([
    200,
    { status: 'success', tracked: 0, invalid: 1 },
  ]);
});

it('takes objects, and drops strings without a question mark so that indices shift', async () => {
  const object = Object.fromEntries(pageQuery());
  const requests = [object, pageQuery().toString(), element({ idsite: 999 })];
  expect(await answer(postBulk(fake, requests))).toEqual([
    200,
    { status: 'success', tracked: 1, invalid: 1, invalid_indices: [1] },
  ]);
  expect(recordedActions()).toBe(1);
});

it('reads order items given as a real array', async () => {
  const items = [['s1', 'One', 'C1', 50, 2]];
  const order = { ...Object.fromEntries(pageQuery()), idgoal: 0, ec_id: 'A1', ec_items: items };
  await postBulk(fake, [order]);
  expect(fake.store.visits(1)[0]?.conversions[0]?.items).toBe(2);
});

it.each([
  ['broken JSON', '{"requests":['],
  ['an empty list', '{"requests":[]}'],
])('answers 0 and 0 to %s', async (_, body) => {
  expect(await answer(fetch(fake.tracker_url, { method: 'POST', body }))).toEqual([
    200,
    { status: 'success', tracked: 0, invalid: 0 },
  ]);
});

it('answers 204 without counts to send_image 0 at the top', async () => {
  const top = { token_auth: fake.token, send_image: 0 };
  expect(await answer(postBulk(fake, [element()], top))).toEqual([204, '']);
  expect(recordedActions()).toBe(1);
});

it('counts silently excluded hits as tracked', async () => {
  const requests = [element({ ua: 'Googlebot/2.1' }), element({ rec: '' })];
  expect((await answer(postBulk(fake, requests)))[1]).toMatchObject({ tracked: 2, invalid: 0 });
  expect(recordedActions()).toBe(0);
});

it('rolls the whole batch back on a server fault', async () => {
  await postBulk(fake, [element(), element({ idgoal: 0, revenue: '5', ec_items: '[]' })]);
  const before = structuredClone(fake.store.visits(1));
  const requests = [
    element({ idgoal: 0, ec_id: 'X1', revenue: '9' }),
    element({ cid: 'bbbbbbbbbbbbbbbb' }),
    element({ uid: 'somebody' }),
    element({ long: 'abc' }),
    element(),
  ];
  expect(await answer(postBulk(fake, requests))).toEqual([
    500,
    { status: 'error', tracked: 3, invalid: 0, invalid_indices: [] },
  ]);
  expect(fake.store.visits(1)).toEqual(before);
  expect(fake.stats()).toMatchObject({ hits_seen: 7, hits_recorded: 2, hits_rolled_back: 5 });
  const again = await answer(postBulk(fake, [element({ idgoal: 0, ec_id: 'X1', revenue: '9' })]));
  expect(again[1]).toMatchObject({ tracked: 1, invalid: 0 });
  expect(fake.store.visits(1)).toHaveLength(1);
});

it('has no memory of hits: a batch sent twice is recorded twice, its order once', async () => {
  const batch = [element(), element(), element({ idgoal: 0, ec_id: 'A1', revenue: '9' })];
  await postBulk(fake, batch);
  const [, second] = await answer(postBulk(fake, batch));
  expect(second).toMatchObject({ tracked: 2, invalid: 1, invalid_indices: [2] });
  expect(recordedActions()).toBe(4);
  expect(fake.store.visits(1)[0]?.conversions).toHaveLength(1);
});
