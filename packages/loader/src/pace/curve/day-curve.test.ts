import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayBounds } from '../calendar.ts';
import { DayCurve } from './day-curve.ts';
import { hoursOfWeek } from './shapes.ts';

const zone = 'Europe/Stockholm';
const business = new DayCurve(hoursOfWeek('business', []), zone);
const days = ['2026-06-10', '2026-03-29', '2026-10-25', '2026-10-24'];

describe('DayCurve', () => {
  it.each(days)('brings all visits of %s within the day, in order', (date) => {
    const { start_ms, end_ms } = dayBounds(date, zone);
    let last = start_ms;
    for (let n = 0; n < 1_000; n++) {
      const at = business.place(date, n / 1_000);
      expect(at).toBeGreaterThanOrEqual(last);
      expect(at).toBeLessThan(end_ms);
      last = at;
    }
  });

  it.each(days)('ends %s after a day’s visits, however long it is', (date) => {
    const { start_ms, end_ms } = dayBounds(date, zone);
    expect(business.after(start_ms, 5_000, 5_000)).toBe(end_ms);
  });

  it('follows the hours', () => {
    const { start_ms } = dayBounds('2026-06-10', zone);
    const hours = Array.from({ length: 24 }, () => 0);
    for (let n = 0; n < 100_000; n++) {
      const at = business.place('2026-06-10', (n + 0.5) / 100_000);
      const hour = Math.floor((at - start_ms) / 3_600_000);
      hours[hour] = (hours[hour] as number) + 1;
    }
    const week = hoursOfWeek('business', []);
    const wednesday = week.slice(48, 72);
    const sum = wednesday.reduce((a, b) => a + b, 0);
    for (const [hour, weight] of wednesday.entries()) {
      expect(hours[hour]).toBeCloseTo((weight / sum) * 100_000, -1);
    }
  });

  it('is even when it is flat', () => {
    const flat = new DayCurve(hoursOfWeek('flat', []), zone);
    const { start_ms, end_ms } = dayBounds('2026-03-29', zone);
    expect(flat.place('2026-03-29', 0.5)).toBe(start_ms + (end_ms - start_ms) / 2);
  });

  it('leaves an hour of weight 0 empty and stays within a day that is cut short', () => {
    const table = Array.from({ length: 24 }, (_, hour) => (hour >= 8 && hour < 12 ? 1 : 0));
    const mornings = new DayCurve(hoursOfWeek('table', table), zone);
    const { start_ms } = dayBounds('2026-06-10', zone);
    expect(mornings.place('2026-06-10', 0)).toBe(start_ms + 8 * 3_600_000);
    const cut_ms = start_ms + 10 * 3_600_000;
    expect(mornings.place('2026-06-10', 0.999, cut_ms)).toBeLessThan(cut_ms);
    expect(mornings.place('2026-06-10', 0.5, cut_ms)).toBe(start_ms + 9 * 3_600_000);
  });

  it('has brought nothing before a day begins, and all once it is over', () => {
    const { start_ms, end_ms } = dayBounds('2026-06-10', zone);
    const shares = [-36 * 3_600_000, -1, 0].map((ms) =>
      business.share('2026-06-10', start_ms + ms),
    );
    expect(shares).toEqual([0, 0, 0]);
    expect(business.share('2026-06-10', end_ms)).toBe(1);
    expect(business.share('2026-06-10', end_ms + 3_600_000)).toBe(1);
  });

  it('adds up: some visits and then some more are as late as all at once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20 * 86_400_000 }),
        fc.integer({ min: 1, max: 3_000 }),
        fc.integer({ min: 1, max: 3_000 }),
        (offset_ms, some, more) => {
          const from = Date.UTC(2026, 2, 20) + offset_ms;
          const atOnce = business.after(from, some + more, 1_000);
          const inTwo = business.after(business.after(from, some, 1_000), more, 1_000);
          expect(Math.abs(atOnce - inTwo)).toBeLessThan(5);
        },
      ),
      { seed: 11, numRuns: 200 },
    );
  });
});
