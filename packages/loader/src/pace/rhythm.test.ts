import { addDays, defaultSettings, type Settings } from '@trafficinator/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Crowd } from '../plan/crowd/crowd.ts';
import { Draws } from '../plan/draw.ts';
import { BackfillSchedule } from './backfill/backfill-schedule.ts';
import { backfillRhythm, liveRhythm } from './rhythm.ts';

const hour_ms = 3_600_000;
const gap_ms = 1_800_000;
const zone = 'Europe/Stockholm';
const first_day = '2026-03-27';
const often = { returning_visitor_share: 0.9, return_after_days: '0:1' };

const backfills = fc.record({
  perDay: fc.integer({ min: 1, max: 1_500 }),
  weekdays: fc
    .array(fc.constantFrom(0.05, 0.5, 1, 4), { minLength: 7, maxLength: 7 })
    .map((factors) => factors),
  shape: fc.constantFrom(
    'flat' as const,
    'business' as const,
    'consumer' as const,
    'table' as const,
  ),
  table: fc
    .array(fc.constantFrom(0, 0, 1, 20), { minLength: 24, maxLength: 24 })
    .filter((hours) => hours.some((weight) => weight > 0)),
  longest_hours: fc.constantFrom(0.1, 1, 3, 6),
  days: fc.integer({ min: 2, max: 6 }),
  cut_hours: fc.constantFrom(Number.POSITIVE_INFINITY, 30, 36, 44),
  seed: fc.nat(),
});

describe('the rhythm of a backfill', () => {
  it('keeps two visits of a visitor half an hour apart on any day', () => {
    fc.assert(
      fc.property(backfills, ({ perDay, weekdays, shape, table, days, seed, ...given }) => {
        const settings: Settings = {
          ...defaultSettings,
          target_visits_per_day: perDay,
          backfill_max_visits_per_day: 0,
          backfill_weekday_factors: weekdays,
          traffic_shape: shape,
          traffic_shape_table: table,
        };
        const longest_visit_ms = given.longest_hours * hour_ms;
        const cut_ms = Math.min(
          Date.UTC(2026, 2, 26, 23) + given.cut_hours * hour_ms,
          Date.UTC(2030, 0),
        );
        const window = { first_day, last_day: addDays(first_day, days - 1), days };
        const volume = { ...settings, longest_visit_ms };
        const schedule = new BackfillSchedule(window, zone, cut_ms, seed, volume);
        const rhythm = backfillRhythm(schedule, settings, longest_visit_ms);
        const crowd = new Crowd(often, rhythm, seed);
        const ends = new Map<number, number>();
        for (let index = 0; index < schedule.visits; index++) {
          const { root } = crowd.kinOf(index);
          const duration_ms = Math.floor(new Draws(seed, index).unit(1) * longest_visit_ms);
          const start_ms = schedule.momentOf(index, duration_ms);
          const before_ms = ends.get(root) ?? Number.NEGATIVE_INFINITY;
          if (start_ms - before_ms < gap_ms) {
            expect.fail(`visit ${index} comes ${start_ms - before_ms} ms after the one before`);
          }
          ends.set(root, start_ms + duration_ms);
        }
      }),
      { seed: 20260610, numRuns: 300 },
    );
  });
});

describe('the rhythm of a live run', () => {
  it('keeps visits further apart the busier an hour and the longer a visit can be', () => {
    const apart = (changes: Partial<Settings>, longest_visit_ms = 8 * 60_000) =>
      liveRhythm({ ...defaultSettings, ...changes }, 24_000, longest_visit_ms).visits_apart;
    const usual = apart({});
    // Half an hour twice, two visits, the pauses of one and the wait for a slot.
    const { pageviews_max, pause_between_pvs_max, max_lateness_seconds } = defaultSettings;
    const seconds =
      3_600 + 2 * 8 * 60 + pageviews_max * pause_between_pvs_max + max_lateness_seconds;
    expect(usual).toBe(Math.ceil((seconds / 3_600) * 1_000));
    expect(apart({ traffic_shape: 'business' })).toBeGreaterThan(2 * usual);
    expect(apart({}, hour_ms)).toBeGreaterThan(2 * usual);
    expect(apart({ spikes: '2026-11-27:3' })).toBeGreaterThan(2.9 * usual);
  });
});
