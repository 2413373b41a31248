import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockTime, dayOf, nextMidnight, secondOfDay, utcOffset } from './calendar.ts';

const at = (iso: string) => Date.parse(iso);
const hour_ms = 3_600_000;

const zones = [
  'UTC',
  'CET',
  'Europe/Stockholm',
  'America/New_York',
  'America/St_Johns',
  'America/Havana',
  'America/Santiago',
  'Atlantic/Azores',
  'Africa/Cairo',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
];
const moments = fc.integer({ min: at('2024-01-01T00:00Z'), max: at('2030-12-31T00:00Z') });

/** What the platform's own formatter says: a second opinion on every zone. */
function formatted(at_ms: number, timeZone: string): { day: string; second: number } {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
    hourCycle: 'h23',
  }).formatToParts(at_ms);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  const second = Number(of('hour')) * 3600 + Number(of('minute')) * 60 + Number(of('second'));
  return { day: `${of('year')}-${of('month')}-${of('day')}`, second };
}

describe('days', () => {
  it.each([
    ['Europe/Stockholm', '2026-03-29', '2026-03-28T23:00Z', 23],
    ['Europe/Stockholm', '2026-10-25', '2026-10-24T22:00Z', 25],
    ['CET', '2026-03-29', '2026-03-28T23:00Z', 23],
    ['CET', '2026-10-25', '2026-10-24T22:00Z', 25],
    ['CET', '2026-06-10', '2026-06-09T22:00Z', 24],
    ['America/New_York', '2026-03-08', '2026-03-08T05:00Z', 23],
    ['America/New_York', '2026-11-01', '2026-11-01T04:00Z', 25],
    ['Australia/Lord_Howe', '2026-04-05', '2026-04-04T13:00Z', 24.5],
    ['Australia/Lord_Howe', '2026-10-04', '2026-10-03T13:30Z', 23.5],
    // Zones that skip midnight: the day begins at one o'clock, the next one at midnight again.
    ['America/Havana', '2026-03-08', '2026-03-08T05:00Z', 23],
    ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00Z', 23],
    ['America/Santiago', '2026-09-06', '2026-09-06T04:00Z', 23],
    ['Atlantic/Azores', '2026-03-29', '2026-03-29T01:00Z', 23],
    // Zones that have midnight, or the hour before it, twice.
    ['America/Havana', '2026-11-01', '2026-11-01T04:00Z', 25],
    ['Africa/Cairo', '2026-10-29', '2026-10-28T21:00Z', 25],
  ])('in %s, %s begins at %s and has %d hours', (zone, day, from, hours) => {
    const begin = at(from);
    const end = begin + hours * hour_ms;
    expect(dayOf(begin - 1, zone)).not.toBe(day);
    expect(dayOf(begin, zone)).toBe(day);
    expect(dayOf(end - 1, zone)).toBe(day);
    expect(dayOf(end, zone)).not.toBe(day);
    for (const moment of [begin, begin + hours * 0.5 * hour_ms, end - 1]) {
      expect(nextMidnight(moment, zone)).toBe(end);
    }
    expect(nextMidnight(begin - 1, zone)).toBe(begin);
  });

  it('last until the next midnight, whatever the zone', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), moments, (zone, moment) => {
        const until = nextMidnight(moment, zone);
        expect(until).toBeGreaterThan(moment);
        expect(until - moment).toBeLessThanOrEqual(25 * hour_ms);
        expect(dayOf(until - 1, zone)).toBe(dayOf(moment, zone));
        expect(dayOf(until, zone) > dayOf(moment, zone)).toBe(true);
      }),
      { seed: 81, numRuns: 500 },
    );
  });

  it('are the ones that the platform names', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), moments, (zone, moment) => {
        const { day, second } = formatted(moment, zone);
        expect(dayOf(moment, zone)).toBe(day);
        expect(secondOfDay(moment, zone)).toBe(second);
      }),
      { seed: 82, numRuns: 500 },
    );
  });
});

describe('clocks', () => {
  it.each([
    ['2026-03-29T00:59:59Z', 'Europe/Stockholm', '1:59:59', 1],
    ['2026-03-29T01:00:00Z', 'Europe/Stockholm', '3:00:00', 2],
    ['2026-10-25T00:59:59Z', 'Europe/Stockholm', '2:59:59', 2],
    ['2026-10-25T01:00:00Z', 'Europe/Stockholm', '2:00:00', 1],
    ['2026-10-03T15:29:59Z', 'Australia/Lord_Howe', '1:59:59', 10.5],
    ['2026-10-03T15:30:00Z', 'Australia/Lord_Howe', '2:30:00', 11],
    ['2026-06-10T18:29:59Z', 'Asia/Kolkata', '23:59:59', 5.5],
    ['2026-06-10T18:30:00Z', 'Asia/Kolkata', '0:00:00', 5.5],
    ['2026-06-10T00:00:00Z', 'Asia/Kathmandu', '5:45:00', 5.75],
  ])('at %s in %s show %s', (iso, zone, shown, hours) => {
    const [h, m, s] = shown.split(':').map(Number) as [number, number, number];
    expect(secondOfDay(at(iso), zone)).toBe(h * 3600 + m * 60 + s);
    expect(secondOfDay(at(iso) + 999, zone)).toBe(h * 3600 + m * 60 + s);
    expect(utcOffset(at(iso), zone)).toBe(hours * hour_ms);
  });

  it.each([
    ['Europe/Stockholm', '2026-03-28'],
    ['Europe/Stockholm', '2026-10-24'],
    ['America/St_Johns', '2026-03-08'],
    ['America/Santiago', '2026-09-05'],
    ['Australia/Lord_Howe', '2026-10-03'],
    ['Pacific/Chatham', '2026-04-04'],
    ['Africa/Casablanca', '2026-02-15'],
  ])('in %s are right in every quarter of the days from %s on', (zone, day) => {
    for (let quarter = 0; quarter < 2 * 96; quarter++) {
      for (const second of [0, 899]) {
        const moment = at(`${day}T00:00Z`) + (quarter * 900 + second) * 1_000;
        const found = secondOfDay(moment, zone);
        if (found !== formatted(moment, zone).second) expect.fail(new Date(moment).toISOString());
      }
    }
  });

  it('are right for moments asked in any order: the look-up remembers some of them', () => {
    const begin = at('2026-03-29T00:00Z');
    const order = [5, 0, 3, 3, 7, 1, 6, 2, 4];
    for (const quarter of order) {
      const moment = begin + quarter * 15 * 60_000;
      expect(utcOffset(moment, 'Europe/Stockholm')).toBe((quarter < 4 ? 1 : 2) * hour_ms);
      expect(utcOffset(moment, 'UTC')).toBe(0);
    }
  });

  it('work before 1970 too', () => {
    expect(secondOfDay(-1, 'UTC')).toBe(86_399);
    expect(secondOfDay(-86_400_000, 'UTC')).toBe(0);
    expect(dayOf(-1, 'UTC')).toBe('1969-12-31');
  });

  it('are shown to people with their zone', () => {
    expect(clockTime(at('2026-10-25T01:30Z'), 'Europe/Stockholm')).toBe(
      '2026-10-25 02:30 Europe/Stockholm',
    );
  });
});
