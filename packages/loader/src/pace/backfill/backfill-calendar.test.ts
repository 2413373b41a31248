import { addDays, type BackfillWindow, dayLevels, defaultSettings } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { dayVolumes } from '../curve/day-volumes.ts';
import { BackfillSchedule, type BackfillScheduleOptions } from './backfill-schedule.ts';

const never_ms = Date.UTC(2099, 0, 1);
const seed = 11;
const options: BackfillScheduleOptions = {
  ...defaultSettings,
  target_visits_per_day: 60,
  backfill_max_visits_per_day: 0,
  backfill_max_visits_total: 0,
  longest_visit_ms: 8 * 60_000,
};
const windowOf = (first_day: string, days: number): BackfillWindow => ({
  first_day,
  last_day: addDays(first_day, days - 1),
  days,
});

describe('the calendar', () => {
  const volumesOf = (
    changes: Partial<BackfillScheduleOptions>,
    first = '2026-11-23',
    days = 10,
    zone = 'Europe/Stockholm',
  ) => {
    const all = { ...options, target_visits_per_day: 2_000, ...changes };
    const schedule = new BackfillSchedule(windowOf(first, days), zone, never_ms, seed, all);
    return schedule.days.map(({ first_index, end_index }) => end_index - first_index);
  };

  it('multiplies what weekday and chance give', () => {
    const plain = volumesOf({});
    const calendar = { spikes: '2026-11-27:3,11-30:0', holidays: '2026-11-24:0.25' };
    const levels = [1, 0.25, 1, 1, 3, 1, 1, 0, 1, 1];
    for (const [n, visits] of volumesOf(calendar).entries()) {
      expect(Math.abs(visits - (plain[n] ?? 0) * (levels[n] ?? 0))).toBeLessThan(3.5);
    }
    const season = (volumesOf({ season: { 11: 2 } })[0] ?? 0) / (plain[0] ?? 0);
    expect(season).toBeCloseTo((2 * 365) / 395, 2);
  });

  it('gives a day what a live run gives it, but for weekday and chance', () => {
    const calendar = { spikes: '2026-11-27:3', holidays: '11-24', season: { 11: 1.4, 12: 1.2 } };
    const asked = { ...options, ...calendar, growth_percent_per_year: 0 };
    const live = dayVolumes(2_000, dayLevels(asked, '2026-01-01'), seed);
    const alike = volumesOf({ ...calendar, backfill_weekday_factors: [1, 1, 1, 1, 1, 1, 1] });
    for (const [n, visits] of alike.entries()) {
      const expected = live(addDays('2026-11-23', n));
      expect(Math.abs(visits - expected)).toBeLessThanOrEqual(0.05 * expected + 1);
    }
  });

  it('grows up to the last day, which has what was asked for', () => {
    const days = 366;
    const plain = volumesOf({}, '2025-03-01', days);
    const grown = volumesOf({ growth_percent_per_year: 25 }, '2025-03-01', days);
    expect(grown.at(-1)).toBe(plain.at(-1));
    expect((grown[0] ?? 0) / (plain[0] ?? 0)).toBeCloseTo(0.8, 2);
  });

  it.each([
    ['2028-02-27', 4, 'Asia/Kathmandu'],
    ['2026-12-30', 4, 'America/New_York'],
    ['2026-10-24', 3, 'Europe/Stockholm'],
  ])('keeps every visit within its day from %s on', (first, days, zone) => {
    const all = { ...options, spikes: `${addDays(first, 1)}:4`, holidays: '02-29:0.5,01-01' };
    const schedule = new BackfillSchedule(windowOf(first, days), zone, never_ms, seed, all);
    for (let index = 0; index < schedule.visits; index++) {
      const day = schedule.days[schedule.dayOf(index)];
      const at_ms = schedule.momentOf(index, 60_000);
      expect(at_ms).toBeGreaterThanOrEqual(day?.start_ms ?? Number.POSITIVE_INFINITY);
      expect(at_ms + 60_000).toBeLessThan(day?.end_ms ?? 0);
    }
  });

  it('stays under the daily cap with its shape: the spike is the day that just fits', () => {
    const cap = { backfill_max_visits_per_day: 900, spikes: '2026-11-27:3' };
    const values = volumesOf(cap);
    const most = Math.max(...values);
    expect(most).toBeLessThanOrEqual(900);
    expect([values.indexOf(most), most > 700]).toEqual([4, true]);
    const plain = volumesOf({});
    const ratios = values.map((visits, n) => visits / (plain[n] ?? 0));
    expect((ratios[4] ?? 0) / (ratios[3] ?? 1)).toBeCloseTo(3, 1);
  });

  it('gives a holiday a Sunday’s hours', () => {
    const schedule = (holidays: string | null) => {
      const all = { ...options, traffic_shape: 'business' as const, holidays };
      return new BackfillSchedule(windowOf('2026-12-24', 1), 'UTC', never_ms, seed, all);
    };
    const evening = (of: BackfillSchedule) => {
      const moments = Array.from({ length: of.visits }, (_, n) => of.momentOf(n, 60_000));
      return moments.filter((ms) => new Date(ms).getUTCHours() >= 18).length / of.visits;
    };
    expect(evening(schedule('12-24:1'))).toBeGreaterThan(2 * evening(schedule(null)));
  });
});
