import { addDays, daysBetween } from './calendar-date.ts';
import { levelIn, readDayList } from './day-list.ts';
import type { Weights } from './settings/define.ts';
import type { Settings } from './settings/list.ts';

/** The settings that give days of the year more or fewer visits than others. */
export type CalendarSettings = Pick<
  Settings,
  'season' | 'growth_percent_per_year' | 'holidays' | 'spikes'
>;

/** How the visits of a day compare to those that were asked for. Dates are `YYYY-MM-DD`, the site's. */
export interface DayLevels {
  /** Whether any day differs from another. */
  readonly vary: boolean;
  /** The day has so many times the visits that were asked for; 1 for all when nothing is set. */
  levelOn(date: string): number;
  /** Its hours are a Sunday's. */
  isHoliday(date: string): boolean;
}

/** A holiday that is written without a level has so much of an ordinary day. */
export const usualHoliday = 0.5;

/**
 * The levels of days: season × growth × holiday × spike. `anchor`: the date at which growth is 1. SEASON
 * is relative to the mean of its calendar year, each month weighing as many days as it has: alone it leaves
 * the year's total as it is.
 */
export function dayLevels(settings: CalendarSettings, anchor: string): DayLevels {
  const { season, growth_percent_per_year: percent } = settings;
  const holidays = readDayList('HOLIDAYS', settings.holidays, usualHoliday).days;
  const spikes = readDayList('SPIKES', settings.spikes, null).days;
  return {
    vary: season !== null || percent !== 0 || holidays.size > 0 || spikes.size > 0,
    levelOn: (date) =>
      (season === null ? 1 : seasonOn(season, date)) *
      (percent === 0 ? 1 : (1 + percent / 100) ** (daysBetween(anchor, date) / 365)) *
      (levelIn(holidays, date) ?? 1) *
      (levelIn(spikes, date) ?? 1),
    isHoliday: (date) => levelIn(holidays, date) !== null,
  };
}

const ofMonth = (season: Weights, month: number): number => season[String(month)] ?? 1;

function seasonOn(season: Weights, date: string): number {
  const year = Number(date.slice(0, 4));
  let days = 0;
  let sum = 0;
  for (let month = 1; month <= 12; month++) {
    const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
    days += length;
    sum += length * ofMonth(season, month);
  }
  return (ofMonth(season, Number(date.slice(5, 7))) * days) / sum;
}

/** The busiest day that the settings make, growth aside; `name` is its date, its day of the year or its month. */
export interface PeakDay {
  readonly level: number;
  readonly name: string | null;
}

/** A common year and a leap year stand for all. */
const years = [2027, 2028];

/** The busiest day of any year, growth aside, which has no bound: rules and sizes count on it. */
export function peakDay(settings: Omit<CalendarSettings, 'growth_percent_per_year'>): PeakDay {
  const { levelOn } = dayLevels({ ...settings, growth_percent_per_year: 0 }, '2027-01-01');
  const { season } = settings;
  const ordinary = { season, growth_percent_per_year: 0, holidays: null, spikes: null };
  const { levelOn: ordinaryOn } = dayLevels(ordinary, '2027-01-01');
  let peak: PeakDay = { level: season === null ? 1 : 0, name: null };
  const consider = (level: number, name: string) => {
    if (level > peak.level) peak = { level, name };
  };
  for (const year of years) {
    for (let month = 1; month <= 12; month++) {
      const first = `${year}-${String(month).padStart(2, '0')}-01`;
      consider(ordinaryOn(first), monthName.format(new Date(first)));
    }
  }
  const named = [
    ...readDayList('HOLIDAYS', settings.holidays, usualHoliday).days.keys(),
    ...readDayList('SPIKES', settings.spikes, null).days.keys(),
  ];
  for (const name of named) {
    const dates = name.length > 5 ? [name] : years.map((year) => `${year}-${name}`);
    // 29 February is a day of leap years alone.
    for (const date of dates) if (addDays(date, 0) === date) consider(levelOn(date), name);
  }
  return peak;
}

const monthName = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' });

/** Visits of the busiest day, growth aside. */
export const peakVisitsPerDay = (
  settings: Omit<CalendarSettings, 'growth_percent_per_year'> &
    Pick<Settings, 'target_visits_per_day'>,
): number => settings.target_visits_per_day * peakDay(settings).level;
