import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FunnelTrack, Hit } from '../plan/visit.ts';
import { Books, sumOf } from './books.ts';
import { FunnelTally } from './funnel-tally.ts';

const hit = {} as Hit;
const hits = (count: number): Hit[] => Array.from({ length: count }, () => ({ ...hit }));
const track = (taken: readonly (Hit | null)[], length = 3, name = 'A'): FunnelTrack => ({
  name,
  length,
  steps: taken,
});
const nothing = { starts: 0, steps: [0, 0, 0], completions: 0 };

describe('the numbers of funnels', () => {
  it('name every funnel of the run, also before anybody takes it', () => {
    const tally = new FunnelTally([
      { name: 'A', steps: [1, 2, 3] },
      { name: 'B', steps: [1] },
    ]);
    expect(tally.numbers()).toEqual([
      { name: 'A', ...nothing, planned: nothing },
      {
        name: 'B',
        starts: 0,
        steps: [0],
        completions: 0,
        planned: { starts: 0, steps: [0], completions: 0 },
      },
    ]);
    expect(new Books().funnels.numbers()).toEqual([]);
  });

  it('count a step when its hit was accepted', () => {
    const tally = new FunnelTally([]);
    const steps = hits(3);
    tally.planned(track(steps));
    tally.accepted(track(steps), steps[0]!);
    tally.accepted(track(steps), { ...hit });
    tally.accepted(track(steps), steps[2]!);
    expect(tally.numbers()).toEqual([
      {
        name: 'A',
        starts: 1,
        steps: [1, 0, 1],
        completions: 1,
        planned: { starts: 1, steps: [1, 1, 1], completions: 1 },
      },
    ]);
  });

  it('do not complete a funnel that the visitor leaves, but one whose last step is spared', () => {
    const tally = new FunnelTally([]);
    tally.planned(track(hits(2)));
    expect(tally.numbers()[0]?.planned).toEqual({ starts: 1, steps: [1, 1, 0], completions: 0 });
    tally.planned(track([...hits(2), null]));
    expect(tally.numbers()[0]?.planned).toEqual({ starts: 2, steps: [2, 2, 0], completions: 1 });
    tally.planned(track([null, null, null]));
    expect(tally.numbers()[0]?.planned).toEqual({ starts: 2, steps: [2, 2, 0], completions: 1 });
  });

  it('never deliver more than was planned, and never more of a step than of the one before', () => {
    const visits = fc.array(
      fc.record({ taken: fc.integer({ min: 1, max: 4 }), sent: fc.integer({ min: 0, max: 4 }) }),
    );
    fc.assert(
      fc.property(visits, (list) => {
        const tally = new FunnelTally([]);
        for (const { taken, sent } of list) {
          const steps = hits(taken);
          tally.planned(track(steps, 4));
          for (const step of steps.slice(0, sent)) tally.accepted(track(steps, 4), step);
        }
        for (const { planned, starts, steps, completions } of tally.numbers()) {
          expect(starts).toBe(steps[0]);
          expect(completions).toBe(steps[3]);
          expect(planned.starts).toBe(list.length);
          expect(planned.steps).toEqual(
            [1, 2, 3, 4].map((n) => list.filter(({ taken }) => taken >= n).length),
          );
          for (const [n, reached] of steps.entries()) {
            expect(reached).toBeLessThanOrEqual(planned.steps[n] ?? 0);
            if (n > 0) expect(reached).toBeLessThanOrEqual(steps[n - 1] ?? 0);
          }
        }
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  it('of several targets add up', () => {
    const books = [new Books(), new Books()];
    for (const [n, each] of books.entries()) {
      const steps = hits(3);
      each.funnels.planned(track(steps));
      each.funnels.planned(track(hits(1), 1, n === 0 ? 'B' : 'C'));
      each.funnels.accepted(track(steps), steps[n]!);
    }
    expect(sumOf(books).funnels.numbers()).toMatchObject([
      { name: 'A', starts: 1, steps: [1, 1, 0], planned: { starts: 2, steps: [2, 2, 2] } },
      { name: 'B', planned: { completions: 1 } },
      { name: 'C', planned: { completions: 1 } },
    ]);
  });
});
