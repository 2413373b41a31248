import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Draws } from '../plan/draw.ts';
import { Latency } from './latency.ts';

/** Durations from a tenth of a millisecond to ten minutes, drawn with a seed. */
const durations = (count: number, seed: number): number[] =>
  Array.from({ length: count }, (_, n) => {
    const draws = new Draws(seed, n);
    return 10 ** (-1 + 6.7 * draws.unit(1) ** (1 + 2 * draws.unit(2)));
  });

/** The value at the rank nearest to so many percent. */
function exact(sorted: readonly number[], percentile: number): number {
  return sorted[Math.max(1, Math.round((percentile / 100) * sorted.length)) - 1] ?? Number.NaN;
}

const recorded = (values: readonly number[]): Latency => {
  const latency = new Latency();
  for (const value of values) latency.record(value);
  return latency;
};

describe('latency', () => {
  it('has percentiles within a thousandth of the exact ones', () => {
    for (const [seed, count] of [1, 2, 3, 10, 99, 1_000, 20_000].entries()) {
      const values = durations(count, seed);
      const sorted = values.toSorted((a, b) => a - b);
      const found = recorded(values).percentiles()!;
      for (const [name, percentile] of [
        ['p50', 50],
        ['p95', 95],
        ['p99', 99],
      ] as const) {
        const wanted = exact(sorted, percentile);
        // The histogram counts whole microseconds.
        const allowed = wanted / 1_000 + 0.0006;
        expect(Math.abs(found[name] - wanted), `${name} of ${count}`).toBeLessThan(allowed);
      }
      expect(found.max).toBeCloseTo(sorted.at(-1)!, 3);
    }
  });

  it('has percentiles that never go down, and none above the longest', () => {
    const value = fc.oneof(
      fc.double({ min: 0, max: 3, noNaN: true }),
      fc.double({ min: 0, max: 1e6, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), (values) => {
        const { p50, p95, p99, max } = recorded(values).percentiles()!;
        expect(p50).toBeGreaterThanOrEqual(0);
        expect(p95).toBeGreaterThanOrEqual(p50);
        expect(p99).toBeGreaterThanOrEqual(p95);
        expect(max).toBeGreaterThanOrEqual(p99);
      }),
      { seed: 141, numRuns: 300 },
    );
  });

  it('counts every duration in the bucket that its bounds say', () => {
    const values = [
      ...durations(5_000, 9),
      ...Latency.bounds_seconds.map((s) => s * 1_000),
      0,
      1e7,
    ];
    const latency = recorded(values);
    expect(latency.count).toBe(values.length);
    expect(latency.buckets.reduce((a, b) => a + b)).toBe(values.length);
    const bounds_ms = [...Latency.bounds_seconds.map((s) => s * 1_000), Number.POSITIVE_INFINITY];
    for (const [at, upTo] of bounds_ms.entries()) {
      const above = at === 0 ? Number.NEGATIVE_INFINITY : bounds_ms[at - 1]!;
      const wanted = values.filter((value) => value > above && value <= upTo).length;
      expect(latency.buckets[at], `up to ${upTo} ms`).toBe(wanted);
    }
    const sum = values.reduce((a, b) => a + b, 0);
    expect(latency.sum_seconds).toBeCloseTo(sum / 1_000, 3);
  });

  it('has nothing to say before the first, and takes a clock’s jitter for nothing', () => {
    expect(new Latency().percentiles()).toBeNull();
    const latency = recorded([-0.5]);
    expect(latency.percentiles()).toEqual({ p50: 0, p95: 0, p99: 0, max: 0 });
    expect(latency.sum_seconds).toBe(0);
  });

  it('of several targets is as if one had recorded it all', () => {
    const values = durations(3_000, 4);
    const sum = new Latency();
    sum.add(recorded(values.slice(0, 1_000)));
    sum.add(recorded(values.slice(1_000)));
    sum.add(new Latency());
    const one = recorded(values);
    expect(sum.percentiles()).toEqual(one.percentiles());
    expect(sum.count).toBe(one.count);
    expect([...sum.buckets]).toEqual([...one.buckets]);
    expect(sum.sum_seconds).toBeCloseTo(one.sum_seconds, 9);
  });
});
