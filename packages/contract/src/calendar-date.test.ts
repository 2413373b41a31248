import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, calendarDate, daysBetween } from './calendar-date.ts';

const dates = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('a calendar date', () => {
  it.each(['2026-01-31', '2024-02-29', '2000-02-29', '2026-12-31'])('takes %s', (text) => {
    expect(calendarDate('The day', text)).toEqual({ value: text });
  });

  it.each([
    '2026-02-29',
    '1900-02-29',
    '2026-02-30',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-1-1',
    '01.02.2026',
    '2026/01/02',
    '20260102',
    '2026-01-02T00:00:00Z',
    ' 2026-01-02',
    '+002026-01-02',
    'yesterday',
    '',
  ])('refuses “%s”', (text) => {
    expect(calendarDate('The day', text)).toMatchObject({
      code: 'date_invalid',
      message: 'The day is not a date.',
    });
  });
});

describe('days', () => {
  it.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-03-28', 2, '2026-03-30'],
    ['2026-10-24', 3, '2026-10-27'],
    ['2026-05-05', 0, '2026-05-05'],
  ])('%s and %d days is %s', (date, days, sum) => {
    expect(addDays(date, days)).toBe(sum);
    expect(daysBetween(date, sum)).toBe(days);
  });

  it('are counted as they are added, and in the order of the dates', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -5_000, max: 5_000 }), (date, days) => {
        const sum = addDays(date, days);
        expect(calendarDate('', sum)).toEqual({ value: sum });
        expect(daysBetween(date, sum)).toBe(days);
        expect(daysBetween(sum, date)).toBe(-days + 0);
        expect(addDays(sum, -days)).toBe(date);
        expect(sum > date).toBe(days > 0);
      }),
    );
  });
});
