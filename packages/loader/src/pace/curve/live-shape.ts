import { type CalendarSettings, dayLevels, type Settings } from '@trafficinator/contract';
import type { Shape } from '../schedule.ts';
import { curveOf } from './curve-of.ts';
import { dayVolumes } from './day-volumes.ts';

/** What a live run's volume is, besides the settings that shape it. */
export interface LiveVolume {
  readonly visits_per_day: number;
  readonly seed: number;
  /** The site's date on which the run began: growth counts from there. */
  readonly started_on: string;
}

/**
 * The shape of a live run's arrivals; null when all hours of all days are alike. `epoch_ms`: wall-clock time
 * at monotonic time 0.
 */
export function liveShape(
  settings: CalendarSettings & Pick<Settings, 'traffic_shape' | 'traffic_shape_table' | 'timezone'>,
  { visits_per_day, seed, started_on }: LiveVolume,
  epoch_ms: number,
): Shape | null {
  const levels = dayLevels(settings, started_on);
  if (settings.traffic_shape === 'flat' && !levels.vary) return null;
  const { timezone: zone } = settings;
  const volumeOn = dayVolumes(visits_per_day, levels, seed);
  const days = levels.vary ? { zone, volumeOn } : null;
  return { curve: curveOf(settings, levels, zone), epoch_ms, days };
}
