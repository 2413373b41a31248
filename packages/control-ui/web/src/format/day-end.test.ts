import { expect, it } from 'vitest';
import { dayEnd } from './day-end.ts';

const ms = Date.parse;

it('is the next midnight of the zone', () => {
  expect(dayEnd(ms('2026-11-20T17:00:00Z'), 'UTC')).toBe(ms('2026-11-21T00:00:00Z'));
  expect(dayEnd(ms('2026-11-20T17:00:00Z'), 'Europe/Stockholm')).toBe(ms('2026-11-20T23:00:00Z'));
  expect(dayEnd(ms('2026-11-20T17:00:00Z'), 'Asia/Kathmandu')).toBe(ms('2026-11-20T18:15:00Z'));
});

it('knows the days of 23 and of 25 hours', () => {
  expect(dayEnd(ms('2026-03-28T23:00:00Z'), 'Europe/Stockholm')).toBe(ms('2026-03-29T22:00:00Z'));
  expect(dayEnd(ms('2026-10-24T22:00:00Z'), 'Europe/Stockholm')).toBe(ms('2026-10-25T23:00:00Z'));
});

it('takes a zone that the browser does not know for UTC', () => {
  expect(dayEnd(ms('2026-11-20T17:00:00Z'), 'Nowhere/Land')).toBe(ms('2026-11-21T00:00:00Z'));
});
