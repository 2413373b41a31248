import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SiteDays } from './site-days.ts';

const zones = ['UTC', 'Europe/Stockholm', 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Auckland'];
const seconds = (date: string) => Date.parse(date) / 1000;

describe('the days of a site', () => {
  it('have 23 and 25 hours when clocks change', () => {
    const days = new SiteDays('Europe/Stockholm');
    const hours = (at: string) => {
      const day = days.at(seconds(at));
      return (day.end_seconds - day.start_seconds) / 3_600;
    };
    expect(hours('2026-03-29T12:00:00Z')).toBe(23);
    expect(hours('2026-10-25T12:00:00Z')).toBe(25);
    expect(hours('2026-06-10T12:00:00Z')).toBe(24);
    expect(days.all().map((day) => day.date)).toEqual(['2026-03-29', '2026-06-10', '2026-10-25']);
  });

  it('begin at midnight and end before the next', () => {
    const days = new SiteDays('Europe/Stockholm');
    expect(days.at(seconds('2026-06-10T21:59:59Z')).date).toBe('2026-06-10');
    expect(days.at(seconds('2026-06-10T22:00:00Z')).date).toBe('2026-06-11');
  });

  it('are the calendar’s, in whatever order they are asked for', () => {
    const moment = fc.integer({ min: seconds('2015-01-01'), max: seconds('2027-01-01') });
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.array(moment, { maxLength: 40 }),
        (zone, moments) => {
          const days = new SiteDays(zone);
          const calendar = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
          for (const at of moments) expect(days.at(at).date).toBe(calendar.format(at * 1000));
          const dates = days.all().map((day) => day.date);
          expect(dates).toEqual([...new Set(dates)].sort());
        },
      ),
    );
  });
});
