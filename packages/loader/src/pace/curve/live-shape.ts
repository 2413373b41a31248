import type { CalendarSettings, Settings } from '@trafficinator/contract';
import type { Shape } from '../schedule.ts';
import { curveOf } from './curve-of.ts';
import { dayVolumes } from './day-volumes.ts';
import { levelsSince } from './live-levels.ts';

/** What a live run's volume is, besides the settings that shape it. */
export interface LiveVolume {
  readonly visits_per_day: number;
  readonly seed: number;
  /** When the run began, epoch ms: growth counts from that day. */
  readonly started_at_ms: number;
}

/**
 * The shape of a live run's arrivals; null when all hours of all days are alike. `epoch_ms`: wall-clock time
 * at monotonic time 0.
 */
export function liveShape(
  settings: CalendarSettings & Pick<Settings, 'traffic_shape' | 'traffic_shape_table' | 'timezone'>,
  { visits_per_day, seed, started_at_ms }: LiveVolume,
  epoch_ms: number,
): Shape | null {
  const levels = levelsSince(settings, started_at_ms);
  if (settings.traffic_shape === 'flat' && !levels.vary) return null;
  const { timezone: zone } = settings;
  const volumeOn = dayVolumes(visits_per_day, levels, seed);
  const days = levels.vary ? { zone, volumeOn } : null;
  return { curve: curveOf(settings, levels, zone), epoch_ms, days };
}
