import { addDays, type CalendarSettings, dayLevels } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { dayBounds, dayOf, secondOfDay, weekdayOf } from '../calendar.ts';
import { curveOf } from './curve-of.ts';
import { dayVolumes } from './day-volumes.ts';
import { hoursOfWeek } from './shapes.ts';
import { VolumeWalk } from './volume-walk.ts';

const none: CalendarSettings = {
  season: null,
  growth_percent_per_year: 0,
  holidays: null,
  spikes: null,
};
const table = { traffic_shape_table: [] };

/** A walk from a date's midnight, or later, with the volumes that it follows. */
function walkOf(
  zone: string,
  from: string,
  perDay: number,
  changes: Partial<CalendarSettings>,
  shape: 'flat' | 'business' = 'flat',
  late_ms = 0,
) {
  const levels = dayLevels({ ...none, ...changes }, from);
  const volumeOn = dayVolumes(perDay, levels, 5);
  const curve = curveOf({ traffic_shape: shape, ...table }, levels, zone);
  const from_ms = dayBounds(from, zone).start_ms + late_ms;
  const make = () => new VolumeWalk(curve, zone, volumeOn, from_ms);
  return { walk: make(), make, volumeOn, from_ms };
}

/** Visits of each day of the zone, of the first so many. */
function perDay(walk: VolumeWalk, zone: string, visits: number): Map<string, number> {
  const days = new Map<string, number>();
  for (let n = 0; n < visits; n++) {
    const date = dayOf(walk.after(n + 0.5), zone);
    days.set(date, (days.get(date) ?? 0) + 1);
  }
  return days;
}

const datesFrom = (first: string, days: number): string[] =>
  Array.from({ length: days }, (_, n) => addDays(first, n));

const season = { 3: 0.4, 10: 1.7, 11: 1.3, 12: 1.6 };

describe('a walk through days of different volumes', () => {
  it.each([
    ['Europe/Stockholm', '2026-03-27', '2026-03-29:3'],
    ['Europe/Stockholm', '2026-10-23', '2026-10-25:2.5'],
    ['America/New_York', '2026-03-06', '2026-03-08:3'],
    ['America/New_York', '2026-10-30', '2026-11-01:0.5'],
    ['Asia/Kathmandu', '2026-04-12', '2026-04-14:3'],
    ['UTC', '2028-02-27', '02-29:4'],
    ['Pacific/Auckland', '2026-12-29', '01-01:0.25,12-31:2'],
    // Its clocks skip midnight on 6 September.
    ['America/Santiago', '2026-09-04', '2026-09-06:2'],
  ])('has exactly each day’s volume in %s from %s on (%s)', (zone, first, spikes) => {
    const { walk, volumeOn } = walkOf(zone, first, 333, { season, spikes }, 'business');
    const dates = datesFrom(first, 5);
    const visits = dates.reduce((sum, date) => sum + volumeOn(date), 0);
    const expected = dates.map((date) => [date, volumeOn(date)]);
    expect(new Set(expected.map(([, volume]) => volume)).size).toBeGreaterThan(1);
    expect([...perDay(walk, zone, visits)]).toEqual(expected);
    expect(dayOf(walk.after(visits), zone)).toBe(addDays(first, 5));
  });

  it('keeps the year’s total with a season alone, within the rounding of its days', () => {
    const { volumeOn } = walkOf('CET', '2026-01-01', 1_000, { season });
    const sum = datesFrom('2026-01-01', 365).reduce((total, date) => total + volumeOn(date), 0);
    expect(Math.abs(sum - 365_000)).toBeLessThan(365 * 0.5);
  });

  it('follows the hours of a day as closely as on any other, and on a holiday a Sunday’s', () => {
    const zone = 'Europe/Stockholm';
    const date = '2026-12-23';
    const spikes = `${date}:2`;
    for (const [holidays, weekday] of [
      [null, weekdayOf(date)],
      [`${date}:1`, 6],
    ] as const) {
      const { walk, volumeOn } = walkOf(zone, date, 20_000, { spikes, holidays }, 'business');
      const volume = volumeOn(date);
      expect(volume).toBe(40_000);
      const hours = Array.from({ length: 24 }, () => 0);
      for (let n = 0; n < volume; n++) {
        const hour = Math.floor(secondOfDay(walk.after(n + 0.5), zone) / 3_600);
        hours[hour] = (hours[hour] as number) + 1;
      }
      const weights = hoursOfWeek('business', []).slice(weekday * 24, weekday * 24 + 24);
      const sum = weights.reduce((a, b) => a + b, 0);
      for (const [hour, weight] of weights.entries()) {
        const share = (hours[hour] as number) / volume;
        expect(Math.abs(share / (weight / sum) - 1)).toBeLessThan(0.02);
      }
    }
  });

  it('has neither a gap nor a clump where the volume changes', () => {
    const zone = 'Europe/Stockholm';
    const { walk, from_ms } = walkOf(zone, '2026-11-26', 288, { spikes: '2026-11-27:3' });
    const moments = Array.from({ length: 288 * 5 }, (_, n) => walk.after(n) - from_ms);
    const gaps = moments.slice(1).map((moment, n) => Math.round(moment - (moments[n] as number)));
    const [slow, fast] = [300_000, 100_000];
    expect(gaps.slice(0, 288)).toEqual(Array.from({ length: 288 }, () => slow));
    expect(gaps.slice(288, 288 * 4)).toEqual(Array.from({ length: 288 * 3 }, () => fast));
    expect(new Set(gaps.slice(288 * 4))).toEqual(new Set([slow]));
  });

  it('begins in the middle of a day with what is left of it, and a slot may go over midnight', () => {
    const zone = 'UTC';
    const late_ms = 18 * 3_600_000 + 1_000;
    const spikes = '2026-11-27:3';
    const { walk, from_ms } = walkOf(zone, '2026-11-26', 288, { spikes }, 'flat', late_ms);
    expect(walk.after(0)).toBeCloseTo(from_ms, 3);
    const gaps = Array.from({ length: 80 }, (_, n) => walk.after(n + 1) - walk.after(n));
    const between = gaps.filter((gap) => gap > 100_001 && gap < 299_999);
    // One slot lies on both days.
    expect(between).toHaveLength(1);
    expect(gaps.filter((gap) => gap > 299_999)).toHaveLength(71);
    expect(gaps).toHaveLength(80);
  });

  it('answers the same in any order', () => {
    const { walk, make } = walkOf(
      'CET',
      '2026-10-20',
      40,
      { season, spikes: '10-25:3' },
      'business',
    );
    const asked = [0, 900.25, 3, 150.5, 151, 150.5, 2_000, 0];
    expect(asked.map((visits) => walk.after(visits))).toEqual(
      asked.map((visits) => make().after(visits)),
    );
  });

  it('steps over days without visits, and ends where there are none any more', () => {
    const { walk } = walkOf('UTC', '2026-06-29', 10, { season: { 7: 0 } });
    const asked = walk.after(25);
    expect(new Date(asked).toISOString().slice(0, 7)).toBe('2026-08');
    const everyDay = Array.from({ length: 366 }, (_, n) => addDays('2028-01-01', n).slice(5));
    const { walk: never } = walkOf('UTC', '2026-06-29', 10, {
      spikes: everyDay.map((day) => `${day}:0`).join(','),
    });
    expect(never.after(0)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('volumes of days', () => {
  it('are whole, the same for a seed and a date, and right on average', () => {
    const levels = dayLevels({ ...none, spikes: '2026-01-01:2' }, '2026-01-01');
    const volumes = dayVolumes(0.5, levels, 9);
    const dates = datesFrom('2026-01-02', 2_000);
    const sum = dates.reduce((total, date) => total + volumes(date), 0);
    expect(new Set(dates.map(volumes))).toEqual(new Set([0, 1]));
    expect(Math.abs(sum - 1_000)).toBeLessThan(90);
    expect(dates.map(volumes)).toEqual(dates.map(dayVolumes(0.5, levels, 9)));
    expect(dates.map(volumes)).not.toEqual(dates.map(dayVolumes(0.5, levels, 10)));
  });
});
