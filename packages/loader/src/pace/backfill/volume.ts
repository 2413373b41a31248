import { Draws, purpose } from '../../plan/draw.ts';
import { weekdayOf } from '../calendar.ts';

export interface VolumeSettings {
  readonly target_visits_per_day: number;
  /** 0 = no cap. */
  readonly backfill_max_visits_per_day: number;
  /** Monday to Sunday, relative to one another. */
  readonly backfill_weekday_factors: readonly number[];
  readonly backfill_growth_per_year: number;
}

/** A day of the window: its date, its number within the window from 0, and how many days that has. */
export interface DayOfWindow {
  readonly date: string;
  readonly number: number;
  readonly days: number;
  /** How the calendar weighs the day, and the busiest day of the window. */
  readonly level: number;
  readonly peak_level: number;
}

/** Days differ by chance by up to so much. */
const noise = 0.05;

/**
 * How many visits a day of the window has: the target by calendar, weekday and growth, a little by chance,
 * never above the cap. A cap below the target scales the whole window down until its busiest day fits, so that
 * the days keep their shape instead of all being equal.
 */
export function visitsOnDay(settings: VolumeSettings, seed: number, day: DayOfWindow): number {
  const { backfill_weekday_factors: factors, backfill_growth_per_year: perYear } = settings;
  const mean = factors.reduce((a, b) => a + b, 0) / factors.length;
  const growthOn = (number: number) => (1 + perYear) ** (number / 365);
  const busiest =
    (Math.max(...factors) / mean) *
    Math.max(1, growthOn(day.days - 1)) *
    (1 + noise) *
    day.peak_level;
  const cap = settings.backfill_max_visits_per_day || Number.POSITIVE_INFINITY;
  const base = Math.min(settings.target_visits_per_day, cap / busiest);
  const weekday = (factors[weekdayOf(day.date)] as number) / mean;
  const draws = new Draws(seed, day.number);
  const chance = 1 + noise * (2 * draws.unit(purpose.dayVolume, 0) - 1);
  const visits = base * weekday * growthOn(day.number) * chance * day.level;
  // Fractions become whole visits by chance: half a visit a day is a visit every other day.
  return Math.min(cap, Math.floor(visits + draws.unit(purpose.dayVolume, 1)));
}
