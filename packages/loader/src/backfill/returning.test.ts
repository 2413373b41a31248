import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BackfillRehearsal } from '../testing/backfill-rehearsal.ts';
import { type Disaster, disasters, suffer } from '../testing/disasters.ts';
import { good, odd, rolledBack } from '../testing/memory-matomo.ts';

const often = {
  returning_visitor_share: 0.7,
  return_after_days: '0:1,1:2,2:1',
  user_id_share: 0.5,
};
const days = 6;
const gap_seconds = 1_800;

interface Recorded {
  readonly query: string;
  readonly at_seconds: number;
  readonly is_ping: boolean;
}

/** What is recorded of each visitor, in the order in which Matomo recorded it. */
function byVisitor(recorded: readonly string[]): Map<string, Recorded[]> {
  const all = recorded.map((query) => {
    const has = new URLSearchParams(query);
    const at_seconds = Date.parse(`${has.get('cdt')?.replace(' ', 'T')}Z`) / 1000;
    return { query, at_seconds, is_ping: has.has('ping'), visitor: has.get('cid') ?? '' };
  });
  return Map.groupBy(all, ({ visitor }) => visitor);
}

async function recordedOf(given: Disaster) {
  const { rehearsal } = await suffer(given, often, days);
  return byVisitor(rehearsal.matomo.recorded);
}

describe('visitors who return in a backfill', () => {
  it('are recorded in the order of their visits, whatever happens and whenever it is killed', async () => {
    await fc.assert(
      fc.asyncProperty(disasters, async (given) => {
        const visitors = await recordedOf(given);
        for (const [visitor, hits] of visitors) {
          let latest_seconds = 0;
          for (const { at_seconds, is_ping } of hits) {
            // A ping that is sent once more changes nothing.
            if (is_ping) continue;
            expect(at_seconds, visitor).toBeGreaterThanOrEqual(latest_seconds);
            latest_seconds = at_seconds;
          }
        }
      }),
      { seed: 20260610, numRuns: 100 },
    );
  });

  it('are different visits for Matomo, and return as often as planned', async () => {
    const rehearsal = new BackfillRehearsal(60, often, { days, lanes: 3, seed: 4 });
    await rehearsal.process().toEnd();
    const visitors = byVisitor(rehearsal.matomo.recorded);
    let visits = 0;
    for (const hits of visitors.values()) {
      const times = hits.map(({ at_seconds }) => at_seconds);
      visits += times.filter(
        (at, n) => n === 0 || at - (times[n - 1] as number) >= gap_seconds,
      ).length;
    }
    expect(visits).toBe(rehearsal.schedule.visits);
    expect(visitors.size).toBeLessThan(0.6 * visits);
  });

  it('wait for a visit of theirs that was put off, even if nothing else succeeds', async () => {
    const alone = { ...often, bulk_size: 1 };
    const rehearsal = new BackfillRehearsal(1, alone, { days: 40, lanes: 5, seed: 3 });
    const { schedule, maker, matomo } = rehearsal;
    const visitorOn = (index: number) => maker.opener(index).visit.visitor.id;
    // Two lines have all visits, in turn: with a lane of its own, the next one of a line is the next of the lane.
    const put_off = Array.from({ length: schedule.visits - 2 }, (_, index) => index).find(
      (index) => index > 5 && visitorOn(index) === visitorOn(index + 2),
    ) as number;
    const theirs = `&cid=${visitorOn(put_off)}&`;
    const mark = `&pv_id=${maker.opener(put_off).hit.pageview_id}`;
    let refusals = 0;
    matomo.handle = ({ queries }) => {
      const isIt = queries.some((query) => query.includes(mark));
      const isTheirs = queries.some((query) => query.includes(theirs));
      const isTrouble = refusals < 6 && (isIt || refusals > 0);
      if (isIt) refusals++;
      if (!isTrouble || (isTheirs && !isIt)) return good();
      return isIt ? odd(rolledBack, null) : { commit_ms: null, answer_ms: null, answer: null };
    };
    await rehearsal.process().toEnd();
    expect(refusals).toBeGreaterThan(6);
    expect(matomo.recorded.toSorted()).toEqual(rehearsal.planned);
    const times = byVisitor(matomo.recorded)
      .get(visitorOn(put_off))
      ?.map(({ at_seconds }) => at_seconds);
    expect(times).toEqual(times?.toSorted((a, b) => a - b));
  });
});
