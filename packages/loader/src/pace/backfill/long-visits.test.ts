import { defaultSettings } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { BackfillSchedule } from './backfill-schedule.ts';

const hour_ms = 3_600_000;

describe('visits with long funnels', () => {
  const zone = 'Europe/Stockholm';
  const window = { first_day: '2026-06-08', last_day: '2026-06-10', days: 3 };
  const midnight_ms = Date.parse('2026-06-09T22:00Z');
  const stay_ms = 8 * 60_000;
  const scheduleWith = (longest_hours: number, cut_hours: number, changes: object = {}) =>
    new BackfillSchedule(window, zone, midnight_ms + cut_hours * hour_ms, 11, {
      ...defaultSettings,
      target_visits_per_day: 1_000,
      backfill_max_visits_per_day: 0,
      backfill_max_visits_total: 0,
      longest_visit_ms: longest_hours * hour_ms,
      ...changes,
    });
  const visitsOf = (schedule: BackfillSchedule) =>
    schedule.days.map(({ first_index, end_index }) => end_index - first_index);
  /** Where each visit begins and ends, for visits of this length. */
  const spansOf = (schedule: BackfillSchedule, duration_ms: number) =>
    Array.from({ length: schedule.visits }, (_, index) => {
      const start_ms = schedule.momentOf(index, duration_ms);
      const day = schedule.days[schedule.dayOf(index)];
      return { start_ms, end_ms: start_ms + duration_ms, day };
    });

  it.each([2.9, 3, 3.1, 6])('never end after the cut, today at 3 o’clock, up to %d h', (hours) => {
    const schedule = scheduleWith(hours, 3);
    expect((visitsOf(schedule)[2] ?? 0) > 0).toBe(hours < 3);
    for (const duration_ms of [stay_ms, hours * hour_ms]) {
      for (const { start_ms, end_ms, day } of spansOf(schedule, duration_ms)) {
        expect(start_ms).toBeGreaterThanOrEqual(day?.start_ms ?? Number.NaN);
        expect(end_ms).toBeLessThan(day?.end_ms ?? Number.NaN);
      }
    }
  });

  it('leave the days that have passed as full as they are without', () => {
    const [first, second] = visitsOf(scheduleWith(6, 3));
    expect([first, second]).toEqual(visitsOf(scheduleWith(0.1, 3)).slice(0, 2));
  });

  it('begin with their day when they are longer than it, and end before the cut', () => {
    const schedule = scheduleWith(30, 3);
    const visits = visitsOf(schedule);
    expect(visits[0]).toBeGreaterThan(0);
    expect(visits.slice(1)).toEqual([0, 0]);
    for (const { start_ms, end_ms, day } of spansOf(schedule, 30 * hour_ms)) {
      expect(start_ms).toBe(day?.start_ms);
      expect(end_ms).toBeLessThan(midnight_ms + 3 * hour_ms);
    }
  });

  it('keep within their day where its first hours are empty', () => {
    const table = Array.from({ length: 24 }, (_, hour) => (hour >= 20 ? 1 : 0));
    const shape = { traffic_shape: 'table', traffic_shape_table: table } as const;
    for (const cut_hours of [0.5, 3, 23.5]) {
      const schedule = scheduleWith(6, cut_hours, shape);
      expect(visitsOf(schedule)[1]).toBeGreaterThan(0);
      expect(visitsOf(schedule)[2]).toBe(0);
      for (const { end_ms, day } of spansOf(schedule, 6 * hour_ms)) {
        expect(end_ms).toBeLessThan(day?.end_ms ?? Number.NaN);
      }
    }
  });
});
