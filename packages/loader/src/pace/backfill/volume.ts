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

/** Days differ by chance by up to so much. */
const noise = 0.05;

/**
 * How many visits a day of the window has: the target by weekday and growth, a little by chance, never
 * above the cap. A cap below the target scales the busiest weekday down to it, so that the days keep
 * their shape instead of all being equal. `number` is the day's number within the window, from 0.
 */
export function visitsOnDay(
  settings: VolumeSettings,
  seed: number,
  date: string,
  number: number,
): number {
  const factors = settings.backfill_weekday_factors;
  const mean = factors.reduce((a, b) => a + b, 0) / factors.length;
  const busiest = Math.max(...factors) / mean;
  const cap = settings.backfill_max_visits_per_day || Number.POSITIVE_INFINITY;
  const base = Math.min(settings.target_visits_per_day, cap / (busiest * (1 + noise)));
  const weekday = (factors[weekdayOf(date)] as number) / mean;
  const growth = (1 + settings.backfill_growth_per_year) ** (number / 365);
  const draws = new Draws(seed, number);
  const chance = 1 + noise * (2 * draws.unit(purpose.dayVolume, 0) - 1);
  const visits = base * weekday * growth * chance + draws.unit(purpose.dayVolume, 1);
  return Math.min(cap, Math.floor(visits));
}
