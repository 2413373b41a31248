import {
  addDays,
  type BackfillWindow,
  daysBetween,
  defaultSettings,
} from '@trafficinator/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtinMaterial } from '../../plan/material/builtin.ts';
import { compilePlan } from '../../plan/plan.ts';
import { BackfillSchedule, type BackfillScheduleOptions } from './backfill-schedule.ts';

const hour_ms = 3_600_000;
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
const material = builtinMaterial();

/** The site's date of a moment, by the platform's own calendar. */
const dateIn = (zone: string) => {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
  return (at_ms: number) => format.format(at_ms);
};

describe('days of 23 and 25 hours', () => {
  it.each([
    ['Europe/Stockholm', '2026-03-29', 23],
    ['Europe/Stockholm', '2026-10-25', 25],
    ['America/New_York', '2026-03-08', 23],
    ['America/New_York', '2026-11-01', 25],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['Australia/Lord_Howe', '2026-10-04', 23.5],
    ['America/Havana', '2026-03-08', 23],
    ['UTC+5:30', '2026-03-29', 24],
  ])('in %s %s has %d hours, and its neighbours 24', (zone, date, hours) => {
    const { days } = new BackfillSchedule(
      windowOf(addDays(date, -1), 3),
      zone,
      never_ms,
      seed,
      options,
    );
    expect(days.map(({ date: day }) => day)).toEqual([addDays(date, -1), date, addDays(date, 1)]);
    const lengths = days.map(({ start_ms, end_ms }) => (end_ms - start_ms) / hour_ms);
    expect(lengths).toEqual([24, hours, 24]);
    expect(days[0]?.end_ms).toBe(days[1]?.start_ms);
    expect(days[1]?.end_ms).toBe(days[2]?.start_ms);
  });
});

describe('visits', () => {
  const zones = ['Europe/Stockholm', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata'];

  it.each(zones)('lie wholly within their day in %s, through both clock changes', (zone) => {
    const settings = {
      ...options,
      visit_duration_min: 0,
      visit_duration_max: 240,
      longest_visit_ms: 240 * 60_000,
    };
    const schedule = new BackfillSchedule(
      windowOf('2026-03-01', 250),
      zone,
      never_ms,
      seed,
      settings,
    );
    const plan = compilePlan({ ...defaultSettings, ...settings }, material, seed);
    const dateOf = dateIn(zone);
    expect(schedule.visits).toBeGreaterThan(14_000);
    const wrong: number[] = [];
    for (let index = 0; index < schedule.visits; index++) {
      const visit = plan(index);
      const day = schedule.days[schedule.dayOf(index)];
      const start_ms = schedule.momentOf(index, visit.duration_ms);
      const last_ms = start_ms + Math.max(...visit.hits.map((hit) => hit.offset_ms));
      const isWithin = dateOf(start_ms) === day?.date && dateOf(last_ms) === day?.date;
      if (!isWithin || index < day.first_index || index >= day.end_index) wrong.push(index);
    }
    expect(wrong).toEqual([]);
  });

  it('begin in the order of their numbers, if they are of one length', () => {
    const schedule = new BackfillSchedule(
      windowOf('2026-03-28', 4),
      'CET',
      never_ms,
      seed,
      options,
    );
    const moments = Array.from({ length: schedule.visits }, (_, i) => schedule.momentOf(i, 60_000));
    expect(moments).toEqual(moments.toSorted((a, b) => a - b));
  });

  it('are numbered through the window without a gap', () => {
    const schedule = new BackfillSchedule(windowOf('2026-01-01', 40), 'CET', never_ms, seed, {
      ...options,
      target_visits_per_day: 0.7,
    });
    let next = 0;
    for (const [number, day] of schedule.days.entries()) {
      expect(day.first_index).toBe(next);
      next = day.end_index;
      for (let index = day.first_index; index < day.end_index; index++) {
        expect(schedule.dayOf(index)).toBe(number);
      }
    }
    expect(schedule.visits).toBe(next);
    expect(schedule.days.some((day) => day.end_index === day.first_index)).toBe(true);
  });

  it('end with the total: the days after it stay empty', () => {
    const full = new BackfillSchedule(windowOf('2026-01-01', 10), 'CET', never_ms, seed, options);
    const capped = new BackfillSchedule(windowOf('2026-01-01', 10), 'CET', never_ms, seed, {
      ...options,
      backfill_max_visits_total: 150,
    });
    expect(full.visits).toBeGreaterThan(500);
    expect(capped.visits).toBe(150);
    const counts = capped.days.map((day) => day.end_index - day.first_index);
    expect(counts.slice(4)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(counts.slice(0, 2)).toEqual(
      full.days.slice(0, 2).map((day) => day.end_index - day.first_index),
    );
    expect(capped.momentOf(10, 1_000)).toBe(full.momentOf(10, 1_000));
  });
});

describe('today', () => {
  const today = '2026-06-10';
  const zone = 'Europe/Stockholm';
  const midnight_ms = Date.parse('2026-06-09T22:00Z');
  const at = (hours: number) =>
    new BackfillSchedule(windowOf('2026-06-09', 2), zone, midnight_ms + hours * hour_ms, seed, {
      ...options,
      target_visits_per_day: 2_400,
    });

  it('has the visits of its hours so far, and none in the future', () => {
    const schedule = at(6);
    const cut_ms = midnight_ms + 6 * hour_ms;
    const [yesterday, day] = schedule.days;
    expect(day?.date).toBe(today);
    expect(day?.end_ms).toBe(cut_ms);
    const visits = (day?.end_index ?? 0) - (day?.first_index ?? 0);
    expect(Math.abs(visits / 600 - 1)).toBeLessThan(0.2);
    expect((yesterday?.end_index ?? 0) - (yesterday?.first_index ?? 0)).toBeGreaterThan(2_000);
    for (let index = day?.first_index ?? 0; index < schedule.visits; index++) {
      const duration_ms = 8 * 60_000;
      const start_ms = schedule.momentOf(index, duration_ms);
      expect(start_ms).toBeGreaterThanOrEqual(midnight_ms);
      expect(start_ms + duration_ms).toBeLessThan(cut_ms);
    }
  });

  it('is empty while it is younger than a visit is long', () => {
    const visitsAt = (minutes: number) => {
      const day = at(minutes / 60).days[1];
      return (day?.end_index ?? 0) - (day?.first_index ?? 0);
    };
    expect(visitsAt(-1)).toBe(0);
    expect(visitsAt(0)).toBe(0);
    expect(visitsAt(8)).toBe(0);
    expect(visitsAt(9)).toBeGreaterThan(0);
  });
});

it('the day of an index and the index of a day agree, whatever the window', () => {
  const windows = fc.record({
    first: fc.integer({ min: 0, max: 3_000 }),
    days: fc.integer({ min: 1, max: 200 }),
    perDay: fc.double({ min: 0.1, max: 30, noNaN: true }),
    total: fc.integer({ min: 0, max: 300 }),
  });
  fc.assert(
    fc.property(windows, fc.nat(), ({ first, days, perDay, total }, anySeed) => {
      const window = windowOf(addDays('2018-01-01', first), days);
      const schedule = new BackfillSchedule(window, 'America/New_York', never_ms, anySeed, {
        ...options,
        target_visits_per_day: perDay,
        backfill_max_visits_total: total,
      });
      if (total > 0) expect(schedule.visits).toBeLessThanOrEqual(total);
      expect(schedule.days).toHaveLength(daysBetween(window.first_day, window.last_day) + 1);
      for (let index = 0; index < schedule.visits; index++) {
        const day = schedule.days[schedule.dayOf(index)];
        expect(index >= (day?.first_index ?? 1e9) && index < (day?.end_index ?? -1)).toBe(true);
      }
    }),
    { numRuns: 40 },
  );
});

describe('hours', () => {
  const zone = 'Europe/Stockholm';
  const shaped = (days: number, cut_ms = never_ms) =>
    new BackfillSchedule(windowOf('2026-03-27', days), zone, cut_ms, seed, {
      ...options,
      target_visits_per_day: 2_000,
      traffic_shape: 'business',
    });
  const hourOf = (at_ms: number) =>
    Number(
      new Intl.DateTimeFormat('en', { timeZone: zone, hour: 'numeric', hourCycle: 'h23' }).format(
        at_ms,
      ),
    );

  it('of the site are as busy as the shape says, and no visit leaves its day', () => {
    const schedule = shaped(4);
    const hours = Array.from({ length: 24 }, () => 0);
    const duration_ms = 8 * 60_000;
    for (let index = 0; index < schedule.visits; index++) {
      const start_ms = schedule.momentOf(index, duration_ms);
      const day = schedule.days[schedule.dayOf(index)];
      expect(start_ms + duration_ms).toBeLessThan(day?.end_ms ?? 0);
      const hour = hourOf(start_ms);
      hours[hour] = (hours[hour] ?? 0) + 1;
    }
    expect(hours[10]).toBeGreaterThan(8 * (hours[3] ?? 0));
    expect(hours.reduce((a, b) => a + b, 0)).toBe(schedule.visits);
  });

  it('that have passed today decide how many visits it has so far', () => {
    const start_ms = Date.parse('2026-03-29T22:00Z');
    const upTo = (hours: number) => {
      const day = shaped(4, start_ms + hours * hour_ms).days[3];
      return (day?.end_index ?? 0) - (day?.first_index ?? 0);
    };
    expect(upTo(6)).toBeLessThan(0.05 * upTo(24));
    expect(upTo(12)).toBeGreaterThan(0.3 * upTo(24));
  });
});
