import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDuration } from './duration.ts';

describe('a duration', () => {
  it.each([
    ['90', 90_000],
    ['90s', 90_000],
    ['1.5h', 5_400_000],
    ['1h30m', 5_400_000],
    ['2d', 172_800_000],
    ['250ms', 250],
    ['1m5ms', 60_005],
    ['0.5', 500],
    [' 15m ', 900_000],
    ['1d2h3m4s5ms', 93_784_005],
  ])('%j is %i ms', (text, ms) => expect(parseDuration(text)).toBe(ms));

  it.each([
    '',
    ' ',
    '0',
    '0s',
    '0h0m',
    '-5',
    '+5',
    '1e3',
    '5 m',
    '1h 30m',
    '1h30',
    'm',
    '.5h',
    '5.h',
    '1,5h',
    '5min',
    '5H',
    'Infinity',
    'NaN',
    '0x10',
    `${'9'.repeat(400)}d`,
  ])('%j is none', (text) => expect(parseDuration(text)).toBeNull());

  it('is the sum of its parts', () => {
    const parts = fc.record({ h: fc.nat(1_000), m: fc.nat(1_000), s: fc.nat(1_000) });
    fc.assert(
      fc.property(parts, ({ h, m, s }) => {
        const ms = (h * 3_600 + m * 60 + s) * 1_000;
        expect(parseDuration(`${h}h${m}m${s}s`)).toBe(ms === 0 ? null : ms);
      }),
      { seed: 161, numRuns: 100 },
    );
  });

  it('is a positive number or none, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const ms = parseDuration(text);
        expect(ms === null || (Number.isFinite(ms) && ms > 0)).toBe(true);
      }),
      { seed: 162, numRuns: 300 },
    );
  });
});
