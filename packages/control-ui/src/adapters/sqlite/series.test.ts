import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SeriesPoint } from '../../ports/store/runs.ts';
import { atMost, inBuckets } from './series.ts';

const count = fc.integer({ min: 0, max: 1_000 });
const time = fc.option(fc.double({ min: 0, max: 60_000, noNaN: true }));
const point: fc.Arbitrary<SeriesPoint> = fc.record({
  at_seconds: fc.integer({ min: 1_700_000_000, max: 1_700_050_000 }),
  seconds: fc.integer({ min: 1, max: 10 }),
  visits: count,
  planned_visits: count,
  accepted: count,
  rejected: count,
  failed: count,
  unknown: count,
  dropped: count,
  in_flight: count,
  p50_ms: time,
  p95_ms: time,
  p99_ms: time,
  lateness_p95_ms: time,
});
const points = fc.array(point, { maxLength: 200 });
const summed = ['visits', 'accepted', 'rejected', 'failed', 'unknown', 'dropped'] as const;
const highest = ['in_flight', 'p95_ms', 'p99_ms', 'lateness_p95_ms'] as const;

const sums = (all: readonly SeriesPoint[]) =>
  summed.map((name) => all.reduce((total, each) => total + each[name], 0));
const tops = (all: readonly SeriesPoint[]) =>
  highest.map((name) => Math.max(-1, ...all.map((each) => each[name] ?? -1)));

it('loses no count and no peak, in order, in buckets of its width', () => {
  fc.assert(
    fc.property(points, fc.integer({ min: 10, max: 5_000 }), (all, width) => {
      const merged = inBuckets(all, width);
      expect([sums(merged), tops(merged)]).toEqual([sums(all), tops(all)]);
      const starts = merged.map(({ at_seconds }) => at_seconds);
      expect(starts).toEqual([...new Set(starts)].toSorted((a, b) => a - b));
      for (const { at_seconds, seconds } of merged) {
        expect(at_seconds % width).toBe(0);
        expect(seconds).toBeLessThanOrEqual(width);
      }
    }),
  );
});

it('gives at most as many points as are wanted, and no count less', () => {
  fc.assert(
    fc.property(points, fc.integer({ min: 1, max: 50 }), (all, most) => {
      const stored = inBuckets(all, 10);
      const shown = atMost(stored, most, 10);
      expect(shown.length).toBeLessThanOrEqual(most);
      expect(sums(shown)).toEqual(sums(all));
      if (stored.length > 0) expect(shown.length).toBeGreaterThan(0);
    }),
  );
});

it('weighs medians by hits, and takes those that are known', () => {
  const [a, b] = [point, point].map((each, n) => ({
    ...(fc.sample(each, { numRuns: 1, seed: 1 })[0] as SeriesPoint),
    at_seconds: 1_700_000_000 + n,
    rejected: 0,
    failed: 0,
    unknown: 0,
  })) as [SeriesPoint, SeriesPoint];
  const median = (one: Partial<SeriesPoint>, other: Partial<SeriesPoint>) =>
    inBuckets(
      [
        { ...a, ...one },
        { ...b, ...other },
      ],
      10,
    )[0]?.p50_ms;
  expect(median({ p50_ms: 10, accepted: 30 }, { p50_ms: 50, accepted: 10 })).toBe(20);
  expect(median({ p50_ms: null, accepted: 30 }, { p50_ms: 50, accepted: 10 })).toBe(50);
  expect(median({ p50_ms: null }, { p50_ms: null })).toBeNull();
  expect(median({ p50_ms: 10, accepted: 0 }, { p50_ms: 50, accepted: 0 })).toBe(30);
});
