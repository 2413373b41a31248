import { afterAll, beforeAll, expect, it } from 'vitest';
import { hitWithToken } from '../../test/client.ts';
import { report } from '../../test/observe.ts';
import { type FakeMatomo, startFakeMatomo } from '../index.ts';

let fake: FakeMatomo;
beforeAll(async () => {
  fake = await startFakeMatomo();
});
afterAll(() => fake.close());

it('forgets a visit that is taken away, in the reports and in the visitor log', async () => {
  for (const cid of ['aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb', 'cccccccccccccccc']) {
    await hitWithToken(fake, { cid });
  }
  const second = fake.store.visits(1)[1]!;
  fake.store.removeVisit(second);
  const asked = { idSite: '1', period: 'day', date: 'today' };
  expect(await report(fake, 'VisitsSummary.getVisits', asked)).toEqual({ value: 2 });
  const log = (visitor: string) =>
    report(fake, 'Live.getLastVisitsDetails', { ...asked, segment: `visitorId==${visitor}` });
  expect(await log('bbbbbbbbbbbbbbbb')).toEqual([]);
  expect(await log('cccccccccccccccc')).toHaveLength(1);
  await hitWithToken(fake, { cid: 'bbbbbbbbbbbbbbbb' });
  expect(fake.store.visits(1)).toHaveLength(3);
  expect(fake.store.visits(1)[2]!.returning).toBe('new');
  expect(() => fake.store.removeVisit(second)).toThrow('does not hold');
});
