import { defaultSettings, type Settings } from '@trafficinator/contract';
import { expect, it } from 'vitest';
import { windowProblems } from './window-problems.ts';

const settings = (given: Partial<Settings>): Settings => ({ ...defaultSettings, ...given });
const codes = (found: ReturnType<typeof windowProblems>) => found.map(({ code }) => code);
/** Already the 21st in Tokyo, still the 20th in UTC. */
const evening = Date.UTC(2026, 10, 20, 18);

it('knows today by the zone of the settings', () => {
  const dates = { backfill_start_date: '2026-11-21', backfill_end_date: '2026-11-21' };
  const utc = settings({ ...dates, timezone: 'UTC' });
  expect(codes(windowProblems(utc, [], evening))).toEqual(['backfill_window_in_future']);
  const tokyo = settings({ ...dates, timezone: 'Asia/Tokyo' });
  expect(windowProblems(tokyo, [], evening)).toEqual([]);
});

it('says that a window is missing, and nothing of fields that are wrong anyway', () => {
  const [missing] = windowProblems(settings({}), [], evening);
  expect(missing?.code).toBe('backfill_window_missing');
  const broken = { ...missing, severity: 'error' as const, fields: ['backfill_end_date'] };
  expect(windowProblems(settings({}), [broken as never], evening)).toEqual([]);
});
