import { dayLevels } from '@trafficinator/contract';
import { expect, it } from 'vitest';
import { dayBounds } from '../calendar.ts';
import { meanLevel } from './live-levels.ts';

it('weighs each day by the time that it has of the stretch', () => {
  const settings = { season: null, growth_percent_per_year: 0, holidays: null };
  const levels = dayLevels({ ...settings, spikes: '2026-11-27:3' }, '2026-11-26');
  const zone = 'America/New_York';
  const { start_ms, end_ms } = dayBounds('2026-11-27', zone);
  const hour_ms = 3_600_000;
  expect(meanLevel(levels, zone, start_ms, end_ms)).toBe(3);
  expect(meanLevel(levels, zone, start_ms - 6 * hour_ms, start_ms + 2 * hour_ms)).toBe(1.5);
  expect(meanLevel(levels, zone, start_ms - 24 * hour_ms, end_ms)).toBe(2);
  expect(meanLevel(levels, zone, start_ms, start_ms)).toBe(3);
});
