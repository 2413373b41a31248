import fc from 'fast-check';
import { expect, it } from 'vitest';
import { after, momentOfMs, msOf, readMoment, written } from './moment.ts';

it('reads and writes times to the nanosecond', () => {
  const moment = readMoment('2026-05-01T12:00:00.123456789Z')!;
  expect(written(moment)).toBe('1777636800.123456789');
  expect(msOf(moment)).toBe(Date.UTC(2026, 4, 1, 12, 0, 0, 123));
  expect(written(after(moment))).toBe('1777636800.123456790');
  expect(readMoment('2026-05-01T14:00:00+02:00')).toEqual(readMoment('2026-05-01T12:00:00Z'));
  expect(written(after(readMoment('2026-05-01T12:00:00.999999999Z')!))).toBe(
    '1777636801.000000000',
  );
  expect(readMoment('yesterday')).toBeNull();
});

it('keeps milliseconds', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), (ms) => {
      expect(msOf(momentOfMs(ms))).toBe(ms);
    }),
  );
});
