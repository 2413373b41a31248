import { expect, it } from 'vitest';
import { numbersOf } from './run-numbers.ts';

it('takes the numbers of a live run, with or without measured answers', () => {
  const result = { visits: { planned: 3 }, hits: { planned: 9, accepted: 8 } };
  expect(numbersOf({ ...result, response_ms: { p95: 40 } })).toEqual({
    numbers: { visits: 3, hits: 9, accepted: 8, p95_ms: 40 },
    window: null,
  });
  expect(numbersOf({ ...result, response_ms: null }).numbers?.p95_ms).toBe(null);
});

it('takes the numbers and the days of a backfill', () => {
  const window = { first_day: '2026-05-01', last_day: '2026-05-02', days: 2 };
  const visits = { planned: 10, done: 4, remaining: 6 };
  const hits = { done: 20, accepted: 19, rejected: 1, failed: 0, unknown: 0 };
  expect(numbersOf({ visits, hits, window })).toEqual({
    numbers: { visits: 4, hits: 20, accepted: 19, p95_ms: null },
    window,
  });
});

it('tells nothing of a result that is missing or another', () => {
  expect(numbersOf(null)).toEqual({ numbers: null, window: null });
  expect(numbersOf({ hits: {} })).toEqual({ numbers: null, window: null });
});
