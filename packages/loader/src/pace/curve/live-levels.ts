import {
  type CalendarSettings,
  type DayLevels,
  dayLevels,
  type Settings,
} from '@trafficinator/contract';
import { dayBounds, dayOf } from '../calendar.ts';

/** The levels of the days of a live run that began at a moment (epoch ms). */
export const levelsSince = (
  settings: CalendarSettings & Pick<Settings, 'timezone'>,
  started_at_ms: number,
): DayLevels => dayLevels(settings, dayOf(started_at_ms, settings.timezone));

/** The mean level of a stretch of time (epoch ms) in a zone, each day weighing as much as it has of it. */
export function meanLevel(levels: DayLevels, zone: string, from_ms: number, to_ms: number): number {
  if (!levels.vary) return 1;
  let at_ms = from_ms;
  let sum = 0;
  while (at_ms < to_ms) {
    const date = dayOf(at_ms, zone);
    const next_ms = Math.min(to_ms, dayBounds(date, zone).end_ms);
    sum += levels.levelOn(date) * (next_ms - at_ms);
    at_ms = next_ms;
  }
  return to_ms > from_ms ? sum / (to_ms - from_ms) : levels.levelOn(dayOf(from_ms, zone));
}
