import type { DayLevels } from '@trafficinator/contract';
import { Draws, purpose } from '../../plan/draw.ts';

const day_ms = 86_400_000;

/** Visits of a site's day `YYYY-MM-DD`, a whole number. */
export type VolumeOn = (date: string) => number;

/**
 * The volume of each day: what was asked for times the day's level. Fractions become whole visits by chance,
 * the same for the same seed and date: half a visit a day is a visit every other day.
 */
export const dayVolumes =
  (visitsPerDay: number, levels: DayLevels, seed: number): VolumeOn =>
  (date) => {
    const draws = new Draws(seed, Date.parse(`${date}T00:00:00Z`) / day_ms);
    return Math.floor(visitsPerDay * levels.levelOn(date) + draws.unit(purpose.dayRounding));
  };
