import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { hitWithToken } from '../../test/client.ts';
import { report } from '../../test/observe.ts';
import { type FakeMatomo, startFakeMatomo } from '../index.ts';

let fake: FakeMatomo;
const NOW_MS = Date.parse('2026-11-20T12:00:00Z');

beforeAll(async () => {
  fake = await startFakeMatomo({ now: () => NOW_MS });
});
beforeEach(async () => {
  fake.reset();
  for (let index = 0; index < 12; index++) {
    const cid = index.toString(16).repeat(16);
    const minute = String(index).padStart(2, '0');
    await hitWithToken(fake, { cid, cdt: `2026-11-${index < 6 ? 19 : 20} 11:${minute}:00` });
  }
});
afterAll(() => fake.close());

async function visitorIds(parameters: Record<string, string>): Promise<string[]> {
  const log = await report(fake, 'Live.getLastVisitsDetails', { idSite: '1', ...parameters });
  return (log as { visitorId: string }[]).map((visit) => visit.visitorId.slice(0, 1));
}

it('lists visits newest first, ten unless told otherwise', async () => {
  expect(await visitorIds({})).toEqual([...'ba98765432']);
  expect(await visitorIds({ filter_limit: '-1' })).toHaveLength(12);
  expect(await visitorIds({ filter_limit: '3', filter_offset: '2' })).toEqual([...'987']);
  expect(await visitorIds({ filter_limit: '-1', filter_offset: '10' })).toEqual([...'10']);
});

it('lists the visits of a day or of one visitor', async () => {
  expect(await visitorIds({ period: 'day', date: '2026-11-19' })).toEqual([...'543210']);
  const segment = 'visitorId==3333333333333333';
  expect(await visitorIds({ period: 'day', date: '2026-11-19', segment })).toEqual(['3']);
  expect(await visitorIds({ period: 'day', date: '2026-11-20', segment })).toEqual([]);
  expect(await visitorIds({ segment: 'visitorId!=bbbbbbbbbbbbbbbb;visitorType==new' })).toEqual([
    ...'a987654321',
  ]);
});

it('leaves the actions out when asked', async () => {
  const [visit] = (await report(fake, 'Live.getLastVisitsDetails', {
    idSite: '1',
    doNotFetchActions: '1',
  })) as Record<string, unknown>[];
  expect(visit).not.toHaveProperty('actionDetails');
});

it('counts what happened lately', async () => {
  await hitWithToken(fake, { cid: 'cccccccccccccccc', idgoal: 1 });
  const counters = await report(fake, 'Live.getCounters', { idSite: '1', lastMinutes: '51' });
  expect(counters).toEqual([{ visits: 4, actions: 3, visitors: 4, visitsConverted: 1 }]);
});

it.each([
  ['an unknown method', 'Live.getNothing', {}, "The method 'getNothing' does not exist"],
  ['an unknown segment', 'Live.getLastVisitsDetails', { segment: 'mood==good' }, "Segment 'mood'"],
  ['no period', 'VisitsSummary.get', { date: 'today' }, "Please specify a value for 'period'"],
  ['no date', 'VisitsSummary.get', { period: 'day', date: 'soon' }, "The date 'soon'"],
])('answers %s as an error with 200', async (_, method, parameters, message) => {
  const answer = await report(fake, method, { idSite: '1', ...parameters });
  expect(answer).toMatchObject({ result: 'error', message: expect.stringContaining(message) });
});

it.each([
  [{ period: 'day', date: 'yesterday' }, { value: 6 }],
  [
    { period: 'day', date: 'last2' },
    { '2026-11-19': 6, '2026-11-20': 6 },
  ],
  [{ period: 'month', date: '2026-11-01' }, { value: 12 }],
  [
    { period: 'month', date: '2026-10-05,2026-11-01' },
    { '2026-10': 0, '2026-11': 12 },
  ],
  [{ period: 'range', date: '2026-11-01,2026-11-19' }, { value: 6 }],
  [{ period: 'week', date: '2026-11-16,2026-11-17' }, { '2026-11-16,2026-11-22': 12 }],
])('knows the period %o', async (parameters, visits) => {
  const asked = { idSite: '1', ...parameters };
  expect(await report(fake, 'VisitsSummary.getVisits', asked)).toEqual(visits);
});

it('tells what could not be tracked, once per site and kind', async () => {
  await hitWithToken(fake, { idsite: 999 });
  await hitWithToken(fake, { idsite: 999 });
  await hitWithToken(fake, { cip: '203.0.113.7', token_auth: 'wrong' });
  const rows = await report(fake, 'CoreAdminHome.getTrackingFailures', {});
  expect(rows).toMatchObject([
    { idsite: 999, idfailure: 1 },
    { idsite: 1, idfailure: 2 },
  ]);
});
