import { describe, expect, it } from 'vitest';
import { backfillWindow } from './backfill-window.ts';
import { exitCodes } from './exit-codes.ts';
import { exitCodeOf } from './problem.ts';
import { defaultSettings, type Settings } from './settings/list.ts';

const today = '2026-06-10';
const windowOf = (changes: Partial<Settings>) =>
  backfillWindow({ ...defaultSettings, ...changes }, today);
const dates = (start: string | null, end: string | null): Partial<Settings> => ({
  backfill_start_date: start,
  backfill_end_date: end,
});
const back = (days: number | null, duration: number | null): Partial<Settings> => ({
  backfill_days_back: days,
  backfill_duration_days: duration,
});

describe('a window', () => {
  it.each([
    ['by dates', dates('2026-01-01', '2026-01-31'), '2026-01-01', '2026-01-31', 31],
    ['of one day', dates('2026-02-28', '2026-02-28'), '2026-02-28', '2026-02-28', 1],
    ['that ends today', dates('2026-06-10', '2026-06-10'), '2026-06-10', '2026-06-10', 1],
    ['over a leap day', dates('2024-02-28', '2024-03-01'), '2024-02-28', '2024-03-01', 3],
    ['over both clock changes', dates('2026-03-29', '2026-03-30'), '2026-03-29', '2026-03-30', 2],
    ['by days back, to yesterday', back(30, 30), '2026-05-11', '2026-06-09', 30],
    ['by days back, to today', back(30, 31), '2026-05-11', '2026-06-10', 31],
    ['of yesterday', back(1, 1), '2026-06-09', '2026-06-09', 1],
  ])('%s', (_, changes, first_day, last_day, days) => {
    const { window, problems } = windowOf(changes);
    expect(window).toEqual({ first_day, last_day, days });
    expect(problems).toEqual([]);
  });

  it('may have 180 days without a word, more with a warning, and ten years at most', () => {
    expect(windowOf(back(180, 180)).problems).toEqual([]);
    const long = windowOf(back(181, 181));
    expect(long.window?.days).toBe(181);
    expect(long.problems.map(({ code, severity }) => [code, severity])).toEqual([
      ['backfill_window_long', 'warning'],
    ]);
    expect(windowOf(back(3_660, 3_660)).window?.days).toBe(3_660);
    expect(windowOf(dates('2016-01-01', '2026-06-10')).window).toBeNull();
  });
});

describe('what is wrong with a window', () => {
  it.each([
    ['nothing given', {}, 'backfill_window_missing', 'backfill_start_date'],
    [
      'both forms',
      { ...dates('2026-01-01', '2026-01-31'), ...back(9, 9) },
      'backfill_window_twice',
      'backfill_days_back',
    ],
    [
      'half of both',
      { ...dates('2026-01-01', null), ...back(null, 9) },
      'backfill_window_twice',
      'backfill_end_date',
    ],
    ['no end', dates('2026-01-01', null), 'backfill_window_incomplete', 'backfill_end_date'],
    ['no start', dates(null, '2026-01-31'), 'backfill_window_incomplete', 'backfill_start_date'],
    ['no duration', back(9, null), 'backfill_window_incomplete', 'backfill_duration_days'],
    ['no days back', back(null, 9), 'backfill_window_incomplete', 'backfill_days_back'],
    [
      'reversed',
      dates('2026-01-31', '2026-01-30'),
      'backfill_window_reversed',
      'backfill_end_date',
    ],
    [
      'an end tomorrow',
      dates('2026-06-01', '2026-06-11'),
      'backfill_window_in_future',
      'backfill_end_date',
    ],
    [
      'more days than have passed',
      back(30, 32),
      'backfill_window_in_future',
      'backfill_duration_days',
    ],
    [
      'eleven years',
      dates('2015-06-10', '2026-06-10'),
      'backfill_window_too_long',
      'backfill_start_date',
    ],
    [
      '20 years ago',
      dates('2006-06-10', '2006-07-10'),
      'backfill_window_too_old',
      'backfill_start_date',
    ],
    [
      'caps against each other',
      { ...back(9, 9), backfill_max_visits_per_day: 100, backfill_max_visits_total: 99 },
      'backfill_caps_contradict',
      'backfill_max_visits_total',
    ],
    [
      'six weekdays',
      { ...back(9, 9), backfill_weekday_factors: [1, 1, 1, 1, 1, 1] },
      'backfill_weekdays_invalid',
      'backfill_weekday_factors',
    ],
    [
      'weekdays without any visit',
      { ...back(9, 9), backfill_weekday_factors: [0, 0, 0, 0, 0, 0, 0] },
      'backfill_weekdays_invalid',
      'backfill_weekday_factors',
    ],
  ] as const)('%s', (_, changes, code, field) => {
    const { window, problems } = windowOf(changes);
    expect(window).toBeNull();
    const errors = problems.filter(({ severity }) => severity === 'error');
    expect(errors.map((p) => p.code)).toEqual([code]);
    expect(errors[0]?.fields).toContain(field);
    expect(errors[0]?.message).toMatch(/^[A-Z].*\.$/);
    expect(errors[0]?.remedy).toMatch(/^[A-Z].*\.$/);
    expect(exitCodeOf(code)).toBe(exitCodes.settings_invalid.code);
  });

  it('is told all at once', () => {
    const { problems } = windowOf({
      ...dates('2027-01-31', '2027-01-01'),
      backfill_max_visits_total: 1,
      backfill_weekday_factors: [],
    });
    expect(problems.map(({ code }) => code)).toEqual([
      'backfill_window_reversed',
      'backfill_window_in_future',
      'backfill_caps_contradict',
      'backfill_weekdays_invalid',
    ]);
  });

  it('is not that a cap is 0: then there is none', () => {
    const uncapped = { backfill_max_visits_per_day: 0, backfill_max_visits_total: 5 };
    expect(windowOf({ ...back(9, 9), ...uncapped }).problems).toEqual([]);
    const total = { backfill_max_visits_per_day: 100, backfill_max_visits_total: 0 };
    expect(windowOf({ ...back(9, 9), ...total }).problems).toEqual([]);
  });
});
