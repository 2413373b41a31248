import { expect, it } from 'vitest';
import { Sparing } from './sparing.ts';

it('lets so many a minute be noted, and says with the next one how many were left out', () => {
  let now_ms = 0;
  const sparing = new Sparing({ now: () => now_ms, after: () => () => {} }, 3);
  expect([1, 2, 3, 4, 5].map(() => sparing.take())).toEqual([0, 0, 0, null, null]);
  now_ms = 60_000;
  expect([1, 2].map(() => sparing.take())).toEqual([2, 0]);
});
