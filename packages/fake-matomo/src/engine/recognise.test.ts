import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hitWithToken } from '../../test/client.ts';
import { type FakeMatomo, startFakeMatomo } from '../index.ts';

/** The identity rules that the recorded histories do not cover: they were all sent with `cid`. */
let fake: FakeMatomo;
const NOW_MS = Date.parse('2026-11-20T12:00:00Z');

beforeAll(async () => {
  fake = await startFakeMatomo({ now: () => NOW_MS });
});
beforeEach(() => fake.reset());
afterAll(() => fake.close());

const ONE = 'aaaaaaaaaaaaaaaa';
const TWO = 'bbbbbbbbbbbbbbbb';

async function send(...hits: Record<string, string | number>[]): Promise<void> {
  for (const hit of hits) {
    const response = await hitWithToken(fake, { cid: '', cip: '203.0.113.7', ...hit });
    expect(response.status).toBe(200);
  }
}

const visitors = () => fake.store.visits(1).map((visit) => visit.visitor_id);
const at = (minutes: number) => new Date(NOW_MS - 86_400_000 + minutes * 60_000).toISOString();

describe('_id', () => {
  it('is one visit for two ids on one address and browser within 30 minutes', async () => {
    await send({ _id: ONE }, { _id: TWO });
    expect(visitors()).toEqual([ONE]);
  });

  it('is two visits for two addresses, browsers or languages', async () => {
    await send({ _id: ONE }, { _id: TWO, cip: '203.0.113.8' });
    expect(visitors()).toEqual([ONE, TWO]);
  });

  it('finds its visit from another address', async () => {
    await send({ _id: ONE }, { _id: ONE, cip: '203.0.113.8' });
    expect(visitors()).toEqual([ONE]);
  });

  it('is cut when long, ignored when short, zero when not hexadecimal', async () => {
    await send({ _id: `${ONE}ffff` }, { _id: 'zzzzzzzzzzzzzzzz', cip: '203.0.113.8' });
    await send({ _id: 'abc', cip: '203.0.113.9' });
    expect(visitors().slice(0, 2)).toEqual([ONE, '0000000000000000']);
    expect(visitors()[2]).toMatch(/^[0-9a-f]{16}$/);
  });

  it('inherits the id of the visit found by fingerprint with new_visit=1', async () => {
    await send({ _id: ONE }, { _id: TWO, new_visit: 1 });
    expect(visitors()).toEqual([ONE, ONE]);
  });
});

describe('cid', () => {
  it('separates visitors of one address and browser', async () => {
    await send({ cid: ONE }, { cid: TWO });
    expect(visitors()).toEqual([ONE, TWO]);
  });

  it('of 16 characters that are no hex is the visitor of zeros', async () => {
    await send({ cid: 'xxxxxxxxxxxxxxxx' }, { cid: 'yyyyyyyyyyyyyyyy' });
    expect(visitors()).toEqual(['0000000000000000']);
  });
});

describe('uid', () => {
  it('is one visitor from two addresses and two for two users on one computer', async () => {
    await send({ uid: 'ann' }, { uid: 'ann', cip: '203.0.113.8' }, { uid: 'bob' });
    expect(fake.store.visits(1).map((visit) => visit.user_id)).toEqual(['ann', 'bob']);
  });

  it('joins the open visit at login and keeps its _id', async () => {
    await send({ _id: ONE }, { _id: ONE, uid: 'ann' });
    expect(fake.store.visits(1)).toMatchObject([{ visitor_id: ONE, user_id: 'ann' }]);
  });

  it('of a known user splits the visit at login', async () => {
    await send({ uid: 'ann', cdt: at(-600) }, { cid: ONE, cdt: at(0) });
    await send({ cid: ONE, uid: 'ann', cdt: at(1) });
    expect(fake.store.visits(1)).toHaveLength(3);
    expect(fake.store.visits(1)[2]).toMatchObject({ returning: 'returning', visit_count: 2 });
  });
});

describe('the order of arrival', () => {
  const minutes = [0, 29, 64];
  const inOrder = async (order: number[]) => {
    await send(...order.map((index) => ({ cid: ONE, cdt: at(minutes[index]!) })));
    return fake.store
      .visits(1)
      .toSorted((one, other) => one.last_action_ms - other.last_action_ms)
      .map((visit) => [visit.total_seconds, visit.returning]);
  };

  it('right: two visits, the second returning', async () => {
    expect(await inOrder([0, 1, 2])).toEqual([
      [1741, 'new'],
      [0, 'returning'],
    ]);
  });

  it('reversed: no length and nobody returns', async () => {
    expect(await inOrder([2, 1, 0])).toEqual([
      [0, 'new'],
      [0, 'new'],
    ]);
  });

  it('the last first: lengths right, nobody returns', async () => {
    expect(await inOrder([2, 0, 1])).toEqual([
      [1741, 'new'],
      [0, 'new'],
    ]);
  });
});

it('splits at another campaign, but gives a direct visit its first one', async () => {
  const page = (campaign: string) => ({
    cid: ONE,
    url: `https://shop.example.test/?utm_campaign=${campaign}`,
  });
  await send({ cid: ONE }, page('spring'), page('spring'), page('summer'));
  expect(fake.store.visits(1).map((visit) => visit.referrer.name)).toEqual(['spring', 'summer']);
});
