import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from './calendar-date.ts';
import { type CalendarSettings, dayLevels, peakDay, peakVisitsPerDay } from './day-levels.ts';
import { readSettings } from './read.ts';

const none: CalendarSettings = {
  season: null,
  growth_percent_per_year: 0,
  holidays: null,
  spikes: null,
};
const levels = (changes: Partial<CalendarSettings>, anchor = '2026-01-01') =>
  dayLevels({ ...none, ...changes }, anchor);
const daysOf = (year: number, days: number): string[] =>
  Array.from({ length: days }, (_, n) => addDays(`${year}-01-01`, n));

describe('levels of days', () => {
  it('are all 1 when nothing is set', () => {
    expect(levels({}).vary).toBe(false);
    expect(new Set(daysOf(2026, 365).map(levels({}).levelOn))).toEqual(new Set([1]));
  });

  it.each([
    [2026, 365],
    [2028, 366],
  ])('with a season have a mean of 1 over %d', (year, days) => {
    const month = fc.double({ min: 0, max: 1_000, noNaN: true });
    const seasons = fc
      .dictionary(fc.constantFrom('1', '2', '6', '7', '11', '12'), month)
      .filter((season) => Object.keys(season).length > 0);
    fc.assert(
      fc.property(seasons, (season) => {
        const { levelOn, vary } = levels({ season });
        const sum = daysOf(year, days).reduce((total, date) => total + levelOn(date), 0);
        expect(vary).toBe(true);
        expect(sum / days).toBeCloseTo(1, 9);
      }),
      { seed: 31, numRuns: 100 },
    );
  });

  it('compare months as the season says', () => {
    const { levelOn } = levels({ season: { 7: 0.7, 12: 1.6 } });
    expect(levelOn('2026-12-31') / levelOn('2026-07-01')).toBeCloseTo(1.6 / 0.7, 12);
    expect(levelOn('2026-12-01') / levelOn('2026-03-01')).toBeCloseTo(1.6, 12);
    expect(levels({ season: { 7: 0 } }).levelOn('2026-07-15')).toBe(0);
  });

  it('grow from the anchor on, and were lower before it', () => {
    const { levelOn } = levels({ growth_percent_per_year: 20 }, '2026-06-10');
    expect(levelOn('2026-06-10')).toBe(1);
    expect(levelOn('2027-06-10')).toBeCloseTo(1.2, 12);
    expect(levelOn('2025-06-10')).toBeCloseTo(1 / 1.2, 12);
  });

  it('know holidays and spikes by date and by day of the year, a date going first', () => {
    const { levelOn, isHoliday } = levels({
      holidays: '12-24:0.4, 12-25, 2026-12-24:0.2, 02-29:0.1',
      spikes: '2026-11-27:3,12-25:2',
    });
    expect(['2025-12-24', '2026-12-24', '2027-12-24'].map(levelOn)).toEqual([0.4, 0.2, 0.4]);
    expect(['2026-12-25', '2026-11-27', '2027-11-27', '2028-02-29'].map(levelOn)).toEqual([
      1, 3, 1, 0.1,
    ]);
    expect(['2026-12-25', '2028-02-29', '2026-11-27'].map(isHoliday)).toEqual([true, true, false]);
  });
});

describe('the busiest day', () => {
  it.each<[Partial<CalendarSettings>, number, string | null]>([
    [{}, 1, null],
    [{ spikes: '2026-11-27:3,12-01:2' }, 3, '2026-11-27'],
    [{ spikes: '12-24:4', holidays: '12-24:0.5' }, 2, '12-24'],
    [{ spikes: '02-29:5' }, 5, '02-29'],
    [{ holidays: '12-24:0.5', spikes: '06-01:0.2' }, 1, null],
    [{ growth_percent_per_year: 50 }, 1, null],
  ])('of %j is %d times the others: %s', (changes, level, name) => {
    expect(peakDay({ ...none, ...changes })).toEqual({ level, name });
  });

  it('with a season is in its highest month, and in a year without 29 February when that is low', () => {
    const { level, name } = peakDay({ ...none, season: { 2: 0, 12: 2 } });
    expect(name).toBe('December');
    expect(level).toBeCloseTo((2 * 366) / (366 - 29 + 31), 9);
    const visits = peakVisitsPerDay({ ...none, season: { 12: 1 }, target_visits_per_day: 100 });
    expect(visits).toBeCloseTo(100, 9);
  });
});

describe('what is written', () => {
  const told = (environment: Record<string, string>) =>
    readSettings({ environment, readFile: () => '', purpose: 'plan' })
      .problems.filter(({ severity }) => severity !== 'notice')
      .map(({ code, message }) => [code, message] as const);

  it('of months may be numbers or names, any case, and leave a month empty', () => {
    const environment = { SEASON: '07:0,Nov:1.3,december:1.6' };
    const { settings, ok } = readSettings({ environment, readFile: () => '', purpose: 'plan' });
    expect(ok).toBe(true);
    expect(settings.season).toEqual({ 7: 0, 11: 1.3, 12: 1.6 });
  });

  it('of days is told with all its mistakes', () => {
    const found = told({
      SPIKES: '2026-11-31:3,2026-11-30,x:1,,12-24:2,12-24:3,12-25:-1,12-26:1001,12-27:1:2',
      HOLIDAYS: '12-24:,13-01',
    });
    expect(new Set(found.map(([code]) => code))).toEqual(new Set(['day_list_malformed']));
    expect(found.map(([, message]) => message)).toEqual([
      'Element 1 of HOLIDAYS (“12-24:”) has a level that is no number in range.',
      'Element 2 of HOLIDAYS (“13-01”) does not begin with a date.',
      'Element 1 of SPIKES (“2026-11-31:3”) does not begin with a date.',
      'Element 2 of SPIKES (“2026-11-30”) has no level.',
      'Element 3 of SPIKES (“x:1”) does not begin with a date.',
      'Element 4 of SPIKES is empty.',
      'Element 6 of SPIKES (“12-24:3”) names its day again.',
      'Element 7 of SPIKES (“12-25:-1”) has a level that is no number in range.',
      'Element 8 of SPIKES (“12-26:1001”) has a level that is no number in range.',
      'Element 9 of SPIKES (“12-27:1:2”) does not begin with a date.',
    ]);
  });

  const twelve = (weight: number) =>
    Array.from({ length: 12 }, (_, n) => `${n + 1}:${weight}`).join(',');

  it.each<[Record<string, string>, string[]]>([
    [{ SEASON: twelve(0) }, ['list_all_zero']],
    [{ SEASON: twelve(2) }, []],
    [{ SEASON: '13:1' }, ['setting_not_a_choice']],
    [{ SEASON: '1:2,jan:3' }, ['list_name_twice']],
    [{ GROWTH_PERCENT_PER_YEAR: '10', BACKFILL_GROWTH_PER_YEAR: '0.1' }, ['growth_twice']],
    [{ GROWTH_PERCENT_PER_YEAR: '-100' }, ['setting_out_of_range']],
    [
      { SPIKES: '2026-11-27:60', MAX_CONNECTIONS: '1' },
      ['concurrency_too_small', 'connections_too_few'],
    ],
  ])('%j: %j', (environment, codes) => {
    expect(told(environment).map(([code]) => code)).toEqual(codes);
  });

  it('counts with the busiest day where something must suffice', () => {
    const [found] = told({ SPIKES: '2026-11-27:60' });
    expect(found?.[1]).toContain('on the busiest day (2026-11-27)');
    const reachable = (environment: Record<string, string>) =>
      readSettings({ environment, readFile: () => '', purpose: 'send' })
        .problems.filter(({ code }) => code === 'cap_never_reached')
        .map(({ message }) => message);
    const cap = { TARGET_VISITS_PER_DAY: '100', MAX_VISITS_PER_DAY: '250' };
    expect(reachable(cap)).toHaveLength(1);
    expect(reachable({ ...cap, SPIKES: '11-27:3' })).toEqual([]);
    expect(reachable({ ...cap, SPIKES: '11-27:2' }).join()).toContain('busiest day (11-27)');
    expect(reachable({ ...cap, GROWTH_PERCENT_PER_YEAR: '5' })).toEqual([]);
  });
});
