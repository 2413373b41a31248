import { defaultSettings, returnDaysOf } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { chiSquare, chiSquareLimit, sigmas } from '../../testing/statistics.ts';
import { Crowd, type Rhythm } from './crowd.ts';

const visits = 200_000;
const cases = [100, 1_000, 20_000].flatMap((volume) =>
  [0.1, 0.4, 0.8].map((share) => [volume, share] as const),
);

const rhythmOf = (visits_per_day: number): Rhythm => ({
  visits_per_day,
  visits_apart: Math.ceil(visits_per_day / 16),
});

function crowdOf(visits_per_day: number, share: number, after = defaultSettings.return_after_days) {
  const settings = { returning_visitor_share: share, return_after_days: after };
  return new Crowd(settings, rhythmOf(visits_per_day), 9);
}

/** Visits by visitor, each one's indices in ascending order. */
function byVisitor(crowd: Crowd, from: number, to: number): Map<number, number[]> {
  const known = new Map<number, number[]>();
  for (let index = from; index < to; index++) {
    const { root } = crowd.kinOf(index);
    const before = known.get(root);
    if (before === undefined) known.set(root, [index]);
    else before.push(index);
  }
  return known;
}

describe.each(cases)('of %i visits a day and a share of %f', (volume, share) => {
  const crowd = crowdOf(volume, share);
  /** Nobody is so loyal for so long that the beginning would matter. */
  const from = volume * 4_000;
  const kin = Array.from({ length: visits }, (_, n) => crowd.kinOf(from + n));

  it('as many return as configured', () => {
    const returning = kin.filter(({ generation }) => generation > 0).length;
    expect(sigmas(returning, visits, share)).toBeLessThan(4);
  });

  it('as many come again as return', () => {
    const again = kin.filter((each) => each.comesAgain()).length;
    expect(sigmas(again, visits, share)).toBeLessThan(4);
  });

  it('visitors make as many visits as by the shifted beta-geometric distribution', () => {
    const a = share / (0.98 - share);
    const atLeast = (generation: number) => (0.98 ** generation * a) / (a + generation);
    const counts = Array.from({ length: 1_000 }, () => 0);
    for (const { generation } of kin) {
      counts[generation] = (counts[generation] as number) + 1;
    }
    // Of each generation every visitor has one visit: so many come more than so many times.
    const visitors = counts[0] as number;
    const off = counts.map((count, generation) => {
      const expected = (atLeast(generation) - atLeast(generation + 1)) / (1 - share);
      return Math.abs(count / visitors - expected);
    });
    // Kolmogorov and Smirnov's limit for one sample in a hundred thousand.
    expect(Math.max(...off)).toBeLessThan(2.47 / Math.sqrt(visitors));
    expect(counts.slice(30).some((count) => count > 0)).toBe(true);
  });

  // A million visits would have to be looked at for each share.
  it.skipIf(volume === 20_000 && share !== 0.4)(
    'they return after as many days as configured, as Matomo counts them',
    () => {
      const read = returnDaysOf(defaultSettings.return_after_days);
      const ranges = 'value' in read ? read.value : [];
      const weights = ranges.reduce((sum, { weight }) => sum + weight, 0);
      const counts = ranges.map(() => 0);
      for (const indices of byVisitor(crowd, from - 62 * volume, from + visits).values()) {
        for (const [at, index] of indices.entries()) {
          if (at === 0 || index < from) continue;
          // A day is so many visits here: they are spread evenly.
          const day = Math.floor((index - (indices[at - 1] as number)) / volume);
          const row = ranges.findIndex(({ least, most }) => day >= least && day <= most);
          if (row < 0) expect.fail(`a return after ${day} days`);
          counts[row] = (counts[row] as number) + 1;
        }
      }
      const shares = ranges.map(({ weight }) => weight / weights);
      expect(chiSquare(counts, shares)).toBeLessThan(chiSquareLimit(shares.length - 1));
    },
  );
});

describe('a crowd', () => {
  const crowd = crowdOf(200, 0.6);
  const known = byVisitor(crowd, 0, 30_000);

  it('keeps the visits of a visitor apart, from the beginning on', () => {
    for (const indices of known.values()) {
      for (const [at, index] of indices.entries()) {
        if (at === 0) continue;
        const apart = index - (indices[at - 1] as number);
        if (apart <= 50) expect.fail(`visit ${index} is ${apart} visits after the one before`);
      }
    }
  });

  it('knows of every visit whether its visitor came before and comes again', () => {
    const beyond = 30_000 - 62 * 200;
    for (const indices of known.values()) {
      const last = indices.at(-1) as number;
      for (const index of indices) {
        const { generation, comesAgain } = crowd.kinOf(index);
        const comes_again = comesAgain();
        expect(generation > 0).toBe(index !== indices[0]);
        if (index < beyond) expect(comes_again).toBe(index !== last);
      }
    }
  });

  it('reaches its share after half a day', () => {
    const returning = (day: number, length = 200) =>
      Array.from({ length }, (_, n) => crowd.kinOf(day * 200 + n)).filter(
        ({ generation }) => generation > 0,
      ).length;
    expect(returning(0, 80)).toBe(0);
    for (let day = 1; day < 40; day++) expect(sigmas(returning(day), 200, 0.6)).toBeLessThan(4);
  });

  it('keeps every visitor to one line, and lines to about one visit in half a day', () => {
    const lines = new Set<number>();
    for (const indices of known.values()) {
      const its = new Set(indices.map((index) => crowd.lineOf(index)));
      expect(its.size).toBe(1);
      for (const line of its) lines.add(line);
    }
    expect(lines.size).toBe(100);
  });

  it('says the same of a visit whatever was asked before', () => {
    const anew = crowdOf(200, 0.6);
    for (const index of [29_999, 5, 2 ** 40, 12_345]) {
      const [one, other] = [anew, crowd].map((each) => {
        const { root, generation, comesAgain } = each.kinOf(index);
        return { root, generation, comes_again: comesAgain() };
      });
      expect(one).toEqual(other);
    }
  });

  it('is made of other visitors where other visits belong together', () => {
    expect(crowdOf(200, 0.6).seed).not.toBe(crowdOf(300, 0.6).seed);
    expect(crowdOf(200, 0.6).seed).toBe(crowdOf(200, 0.3, '0:1').seed);
  });

  it.each([0.1, 1, 3, 7])('works for %f visits a day, too', (volume) => {
    const small = crowdOf(volume, 0.5, '0:1,1:2,30:1');
    const kin = Array.from({ length: 4_000 }, (_, n) => small.kinOf(20_000 + n));
    const returning = kin.filter(({ generation }) => generation > 0).length;
    expect(returning / 4_000).toBeCloseTo(0.5, 1);
  });
});

it.each([0.1, 0.4, 0.8])('a share of %f holds after half a day', (share) => {
  const crowd = crowdOf(20_000, share);
  const kin = Array.from({ length: visits }, (_, index) => crowd.kinOf(index));
  const settled = kin.slice(12_500);
  const returning = settled.filter(({ generation }) => generation > 0).length;
  expect(Math.abs(returning / settled.length - share)).toBeLessThan(0.012);
});
