import { addDays } from '@trafficinator/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { weekdayOf } from '../calendar.ts';
import { type VolumeSettings, visitsOnDay } from './volume.ts';

const monday = '2026-01-05';
const base: VolumeSettings = {
  target_visits_per_day: 1_000,
  backfill_max_visits_per_day: 0,
  backfill_weekday_factors: [1.08, 1.1, 1.09, 1.06, 0.98, 0.82, 0.87],
  backfill_growth_per_year: 0,
};

const volumes = (changes: Partial<VolumeSettings>, days: number, seed = 7): number[] =>
  Array.from({ length: days }, (_, number) =>
    visitsOnDay({ ...base, ...changes }, seed, {
      date: addDays(monday, number),
      number,
      days,
      level: 1,
      peak_level: 1,
    }),
  );
const mean = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / values.length;
const onWeekday = (values: readonly number[], weekday: number): number[] =>
  values.filter((_, number) => weekdayOf(addDays(monday, number)) === weekday);

describe('visits on a day', () => {
  it('are the target on average over whole weeks', () => {
    expect(Math.abs(mean(volumes({}, 364)) - 1_000)).toBeLessThan(10);
  });

  it('follow the weekdays', () => {
    const values = volumes({}, 364);
    const factors = base.backfill_weekday_factors;
    const middle = mean(factors);
    for (const [weekday, factor] of factors.entries()) {
      const share = mean(onWeekday(values, weekday)) / mean(values);
      expect(Math.abs(share - factor / middle)).toBeLessThan(0.02);
    }
  });

  it('may leave weekdays out', () => {
    const values = volumes({ backfill_weekday_factors: [1, 1, 1, 1, 1, 0, 0] }, 70);
    expect([...onWeekday(values, 5), ...onWeekday(values, 6)].filter((n) => n > 1)).toEqual([]);
    expect(Math.min(...onWeekday(values, 0))).toBeGreaterThan(1_000);
  });

  it('are not the same number every day', () => {
    const mondays = onWeekday(volumes({}, 70), 0);
    expect(new Set(mondays).size).toBeGreaterThan(5);
    const level = mean(mondays);
    for (const visits of mondays) expect(Math.abs(visits - level)).toBeLessThan(0.08 * level);
  });

  it('grow over the year, or shrink', () => {
    const yearApart = (growth: number) => {
      const values = volumes({ backfill_growth_per_year: growth }, 730);
      return mean(values.slice(366)) / mean(values.slice(0, 364));
    };
    expect(yearApart(0.5)).toBeCloseTo(1.5, 1);
    expect(yearApart(-0.5)).toBeCloseTo(0.5, 1);
    expect(yearApart(0)).toBeCloseTo(1, 1);
  });

  it.each([0, 0.4, -0.4])('keep their shape under a cap below the target (growth %d)', (growth) => {
    const settings = { backfill_max_visits_per_day: 200, backfill_growth_per_year: growth };
    const values = volumes(settings, 364);
    expect(Math.max(...values)).toBeLessThanOrEqual(200);
    expect(Math.max(...values)).toBeGreaterThan(185);
    const weeks = growth < 0 ? values.slice(0, 28) : values.slice(-28);
    const ratio = mean(onWeekday(weeks, 1)) / mean(onWeekday(weeks, 5));
    expect(Math.abs(ratio - 1.1 / 0.82)).toBeLessThan(0.12);
  });

  it('may be less than one a day', () => {
    const values = volumes({ target_visits_per_day: 0.25 }, 1_400);
    expect(new Set(values)).toEqual(new Set([0, 1]));
    expect(mean(values)).toBeGreaterThan(0.2);
    expect(mean(values)).toBeLessThan(0.3);
  });

  it('are other ones with another seed, and the same with the same', () => {
    expect(volumes({}, 50, 8)).not.toEqual(volumes({}, 50, 7));
    expect(volumes({}, 50, 7)).toEqual(volumes({}, 50, 7));
  });

  it('never exceed the cap, whatever the settings', () => {
    const settings = fc.record({
      target_visits_per_day: fc.double({ min: 0.1, max: 1e6, noNaN: true }),
      backfill_max_visits_per_day: fc.integer({ min: 1, max: 50_000 }),
      backfill_growth_per_year: fc.double({ min: -0.99, max: 100, noNaN: true }),
      backfill_weekday_factors: fc
        .array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 7, maxLength: 7 })
        .filter((factors) => factors.some((factor) => factor > 0.01)),
    });
    const day = fc.integer({ min: 0, max: 3_659 });
    const levels = fc.double({ min: 0, max: 1_000, noNaN: true });
    fc.assert(
      fc.property(settings, day, fc.nat(), levels, (given, number, seed, level) => {
        const date = addDays(monday, number);
        const visits = visitsOnDay(given, seed, {
          date,
          number,
          days: 3_660,
          level,
          peak_level: Math.max(level, 1),
        });
        expect(Number.isInteger(visits)).toBe(true);
        expect(visits).toBeGreaterThanOrEqual(0);
        expect(visits).toBeLessThanOrEqual(given.backfill_max_visits_per_day);
      }),
    );
  });
});
