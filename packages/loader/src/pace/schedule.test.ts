import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bins, chiSquare, chiSquareLimit } from '../testing/statistics.ts';
import { DayCurve } from './curve/day-curve.ts';
import { hoursOfWeek } from './curve/shapes.ts';
import { Schedule, type Shape } from './schedule.ts';

const day_ms = 86_400_000;
const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const rates = fc.oneof(
  fc.constantFrom(0.1, 1, 20_000, 86_400, 100_000_000),
  fc.double({ min: 0.1, max: 1e8, noNaN: true }),
);

/** Arrivals of the first visits whose moment lies in [from, to). */
const arrivals = (moments: readonly number[], from: number, to: number): number =>
  moments.filter((moment) => moment >= from && moment < to).length;

describe('a schedule', () => {
  it('gives every visit its own slot and a place within it', () => {
    fc.assert(
      fc.property(seeds, rates, fc.integer({ min: 0, max: 1e9 }), (seed, perDay, first) => {
        const slot = day_ms / perDay;
        const schedule = new Schedule(seed, perDay, 500, first);
        for (let n = 0; n < 50; n++) {
          const moment = schedule.momentOf(first + n);
          expect(moment).toBeGreaterThanOrEqual(500 + n * slot);
          expect(moment).toBeLessThan(500 + (n + 1) * slot * (1 + 1e-12));
        }
      }),
      { seed: 71, numRuns: 200 },
    );
  });

  it('keeps the rate: one arrival more or less from its beginning, less than two in any stretch', () => {
    const perDay = 20_000;
    const slot = day_ms / perDay;
    const schedule = new Schedule(3, perDay, 0, 0);
    const moments = Array.from({ length: 2_000 }, (_, n) => schedule.momentOf(n));
    const times = fc.double({ min: 0, max: 1_999, noNaN: true }).map((slots) => slots * slot);
    fc.assert(
      fc.property(times, times, (a, b) => {
        expect(Math.abs(arrivals(moments, 0, a) - a / slot)).toBeLessThanOrEqual(1);
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        expect(Math.abs(arrivals(moments, from, to) - (to - from) / slot)).toBeLessThan(2);
      }),
      { seed: 72, numRuns: 300 },
    );
  });

  it('has a whole day’s visits in every day', () => {
    const schedule = new Schedule(4, 1_000, 0, 0);
    const days = new Float64Array(20);
    for (let n = 0; n < 20_000; n++) days[Math.floor(schedule.momentOf(n) / day_ms)]! += 1;
    expect([...days].every((visits) => visits === 1_000)).toBe(true);
  });

  it('spreads the places within a slot evenly, another way for another seed', () => {
    const places = (seed: number) => {
      const schedule = new Schedule(seed, 86_400, 0, 0);
      return Array.from({ length: 20_000 }, (_, n) => schedule.momentOf(n) / 1_000 - n);
    };
    expect(chiSquare(bins(places(5), 50))).toBeLessThan(chiSquareLimit(49));
    expect(places(5)).not.toEqual(places(6));
    expect(places(5)).toEqual(places(5));
  });

  it('begins anew where it is told to, and catches nothing up', () => {
    const schedule = new Schedule(7, 86_400, 0, 0);
    const before = schedule.momentOf(100);
    schedule.restart(5_000_000, 100);
    expect(schedule.momentOf(100)).toBeCloseTo(before - 100_000 + 5_000_000, 6);
    expect(schedule.momentOf(101)).toBeGreaterThanOrEqual(5_001_000);
    expect(schedule.momentOf(160)).toBeLessThan(5_061_000);
  });
});

describe('a fixed schedule', () => {
  const curve = new DayCurve(hoursOfWeek('business', []), 'Europe/Stockholm');
  const shape: Shape = { curve, epoch_ms: Date.UTC(2026, 5, 10, 3), days: null };
  const volumeOn = (date: string) => (Number(date.slice(-2)) % 3) * 1_000;
  const uneven: Shape = { ...shape, days: { zone: 'Europe/Stockholm', volumeOn } };

  it('never moves, and goes on with the first visit that is not past', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.constantFrom(1_000, 86_400, 1_000_000),
        fc.constantFrom(null, shape, uneven),
        fc.nat(500_000_000),
        fc.nat(200),
        (seed, perDay, shaped, now_ms, index) => {
          const schedule = new Schedule(seed, perDay, 500, 0, shaped, true);
          const before = schedule.momentOf(index + 3);
          const next = schedule.restart(now_ms, index);
          expect(next).toBeGreaterThanOrEqual(index);
          if (next > index) {
            expect(schedule.momentOf(next)).toBeGreaterThanOrEqual(now_ms);
            expect(schedule.momentOf(next - 1)).toBeLessThan(now_ms);
          }
          expect(schedule.momentOf(index + 3)).toBe(before);
        },
      ),
      { seed: 73, numRuns: 200 },
    );
  });
});
