import { beforeAll, describe, expect, it } from 'vitest';
import { BackfillRehearsal } from '../testing/backfill-rehearsal.ts';
import { takeCensus } from './census.ts';
import { type DeliveredVisits, deliveredVisits } from './delivered-visit.ts';
import { VisitorLog } from './visitor-log.ts';

const site = { timezone: 'Europe/Stockholm' };
const date = '2026-03-30';
const rehearsal = new BackfillRehearsal(60, {}, { lanes: 1 });
const day = rehearsal.schedule.days[1];
const ofDay = (start_ms: number) =>
  start_ms >= (day?.start_ms ?? 0) && start_ms < (day?.end_ms ?? 0);
const planned = (day?.end_index ?? 0) - (day?.first_index ?? 0);
const delivered = (most: number): DeliveredVisits => {
  for (const { first_index } of rehearsal.journal.openers()) {
    rehearsal.maker.markOpened(first_index);
  }
  // The rehearsal's maker plans for one lane, and so does its process.
  const batches = [...rehearsal.journal.finished()];
  return deliveredVisits(batches, rehearsal.maker, site, most, ofDay);
};

beforeAll(() => rehearsal.process().toEnd());

/** A log with all visits of the day, and one more visit that nobody sent. */
const logOf = ({ by_visitor }: DeliveredVisits) => {
  const rows = [...by_visitor.values()].map(({ visitor_id, actions }) => ({
    visitorId: visitor_id,
    actions,
  }));
  const all = [...rows, { visitorId: 'f'.repeat(16), actions: 1 }];
  return new VisitorLog(
    {
      ask: async (call) => {
        if (call.method === 'Live.getLastVisitsDetails') return all;
        const asked = Object.entries(call).filter(([name]) => name.startsWith('urls['));
        return asked.map(([, query]) =>
          rows.filter(({ visitorId }) => String(query).includes(visitorId)),
        );
      },
    },
    1,
  );
};

describe('the delivered visits of a day', () => {
  it('are all there while they are few', () => {
    const all = delivered(1_000);
    expect(all).toMatchObject({ total: planned, is_sample: false });
    expect(all.by_visitor.size).toBe(planned);
  });

  it('are counted all, but only some of them kept, when they are many', () => {
    const some = delivered(20);
    expect(some).toMatchObject({ total: planned, is_sample: true });
    expect(some.by_visitor.size).toBeLessThan(25);
    expect(some.by_visitor.size).toBeGreaterThan(3);
  });
});

describe('a census', () => {
  it('of all visits finds those that were not sent', async () => {
    const all = delivered(1_000);
    const census = await takeCensus(logOf(all), date, all);
    expect(census).toMatchObject({ looked_for: planned, delivered: planned, strangers: 1 });
  });

  it('of a sample does not take the others for visits that were not sent', async () => {
    const some = delivered(20);
    const census = await takeCensus(logOf(delivered(1_000)), date, some);
    expect(census).toMatchObject({ looked_for: some.by_visitor.size, delivered: planned });
    expect(census).toMatchObject({ missing: [], split: [], more: [], fewer: [], strangers: null });
  });
});
