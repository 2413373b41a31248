import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cdt, clockPart } from './clock-text.ts';

const moment = fc.integer({ min: Date.UTC(1960, 0, 1), max: Date.UTC(2099, 11, 31) });

describe('cdt', () => {
  it('is the moment in UTC, whole seconds, percent-encoded, whatever was asked before', () => {
    fc.assert(
      fc.property(moment, (at_ms) => {
        const iso = new Date(at_ms).toISOString();
        expect(cdt(at_ms)).toBe(encodeURIComponent(`${iso.slice(0, 10)} ${iso.slice(11, 19)}`));
      }),
    );
  });

  it('turns the date at midnight', () => {
    const midnight = Date.UTC(2026, 11, 31, 24);
    expect(cdt(midnight - 1)).toBe('2026-12-31%2023%3A59%3A59');
    expect(cdt(midnight)).toBe('2027-01-01%2000%3A00%3A00');
  });
});

describe('h, m and s', () => {
  it('are the hour, the minute and the second without leading zeros', () => {
    fc.assert(
      fc.property(fc.nat(23), fc.nat(59), fc.nat(59), (h, m, s) => {
        expect(clockPart(h * 3600 + m * 60 + s)).toBe(`&h=${h}&m=${m}&s=${s}`);
      }),
    );
  });
});
