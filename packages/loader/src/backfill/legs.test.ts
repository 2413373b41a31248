import {
  defaultSettings,
  type Settings,
  type Target,
  type TargetStrategy,
} from '@trafficinator/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { legsOf, partsOf } from './legs.ts';

type Sketch = Partial<Omit<Target, 'name'>>;

function legs(
  target_strategy: TargetStrategy,
  sketches: readonly Sketch[],
  changes: Partial<Settings>,
) {
  const targets = sketches.map((sketch, at) => ({
    name: `t${at}`,
    url: 'http://127.0.0.1',
    site_id: at + 1,
    ...sketch,
  }));
  const settings = { ...defaultSettings, ...changes, target_strategy };
  return legsOf({ ...settings, targets: JSON.stringify(targets) }).map(({ settings: own }) => own);
}
const total = (of: readonly Settings[]) => of.map((own) => own.backfill_max_visits_total);
const perDay = (of: readonly Settings[]) => of.map((own) => own.backfill_max_visits_per_day);
const caps = (daily: number, inAll: number) => ({
  backfill_max_visits_per_day: daily,
  backfill_max_visits_total: inAll,
});

describe('the caps of a divided backfill', () => {
  it('divide the run’s and leave a target’s own whole', () => {
    const own = legs(
      'weighted',
      [
        { weight: 3, max_visits: 50 },
        { weight: 1, max_visits: 50 },
      ],
      {
        ...caps(40, 100),
      },
    );
    expect(total(own)).toEqual([50, 25]);
    expect(perDay(own)).toEqual([30, 10]);
    const uncapped = legs('round-robin', [{ max_visits_per_day: 9 }, {}], caps(0, 0));
    expect(perDay(uncapped)).toEqual([9, 0]);
    expect(total(uncapped)).toEqual([0, 0]);
  });

  it('add up to the run’s, whatever does not divide', () => {
    expect(perDay(legs('round-robin', [{}, {}, {}], caps(10, 0)))).toEqual([4, 3, 3]);
    expect(perDay(legs('weighted', [{ weight: 1000 }, { weight: 1 }], caps(10, 0)))).toEqual([
      9, 1,
    ]);
    const tiny = Array.from({ length: 9 }, () => ({ weight: 1 }));
    const many = perDay(legs('weighted', [{ weight: 1000 }, ...tiny], caps(12, 0)));
    expect(many).toEqual([3, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
  });

  it('are the run’s for each in a mirror and for independent targets', () => {
    for (const strategy of ['mirror', 'independent'] as const) {
      const own = legs(strategy, [{ max_visits: 7 }, {}], caps(5, 100));
      expect([perDay(own), total(own)]).toEqual([
        [5, 5],
        [7, 100],
      ]);
    }
  });
});

it('parts of a cap add up to it, are at least 1 and less than 1 from exact where they can be', () => {
  const weights = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(weights, fc.nat(2_000), (given, more) => {
      const cap = given.length + more;
      const sum = given.reduce((a, b) => a + b, 0);
      const parts = partsOf(cap, given);
      expect(parts.reduce((a, b) => a + b, 0)).toBe(cap);
      expect(Math.min(...parts)).toBeGreaterThanOrEqual(1);
      const exact = given.map((weight) => (cap * weight) / sum);
      if (Math.min(...exact) < 1) return;
      for (const [at, part] of parts.entries()) {
        expect(Math.abs(part - (exact[at] as number))).toBeLessThan(1);
      }
    }),
  );
  expect(partsOf(10, [1, 0, 1])).toEqual([5, 0, 5]);
});
