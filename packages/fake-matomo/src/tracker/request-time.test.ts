import { expect, it } from 'vitest';
import { HitRefused } from '../engine/refusal.ts';
import { Parameters } from './parameters.ts';
import { requestTime } from './request-time.ts';

const NOW_MS = Date.parse('2026-11-20T12:00:00.400Z');
const NOW = '2026-11-20T12:00:00Z';

const read = (values: Record<string, string>, hasToken = true): number =>
  requestTime(new Parameters(values), NOW_MS, hasToken);

it.each([
  ['2026-10-21 08:45:19', '2026-10-21T08:45:19Z'],
  ['2026-10-21T08:45:19Z', '2026-10-21T08:45:19Z'],
  ['2026-10-21T08:45:19+02:00', '2026-10-21T06:45:19Z'],
  ['1792572319', '2026-10-21T08:45:19Z'],
  ['1792572319.75', '2026-10-21T08:45:19Z'],
  ['2017-03-01 00:00:00', '2017-03-01T00:00:00Z'],
])('reads cdt %s', (cdt, time) => {
  expect(read({ cdt })).toBe(Date.parse(time));
});

it.each([
  ['the future by five seconds', '2026-11-20 12:00:05'],
  ['garbage', 'last tuesday or so'],
  ['unix milliseconds', '1792572319000'],
  ['more than twenty years ago', '2006-01-01 00:00:00'],
  ['nothing', ''],
])('takes %s for now', (_, cdt) => {
  expect(read({ cdt })).toBe(Date.parse(NOW));
});

it('moves back by cdo seconds', () => {
  expect(read({ cdo: '7200' })).toBe(Date.parse('2026-11-20T10:00:00Z'));
});

it('needs a token from 86,400 seconds back', () => {
  expect(read({ cdt: '2026-11-19 12:00:01' }, false)).toBe(Date.parse('2026-11-19T12:00:01Z'));
  expect(() => read({ cdt: '2026-11-19 12:00:00' }, false)).toThrow(HitRefused);
});
