import { addDays, dayLevels, type Settings } from '@trafficinator/contract';
import { dayBounds } from '../pace/calendar.ts';
import { curveOf } from '../pace/curve/curve-of.ts';
import { dayVolumes } from '../pace/curve/day-volumes.ts';
import { liveShape } from '../pace/curve/live-shape.ts';
import { Schedule } from '../pace/schedule.ts';
import type { Calendar, CalendarDay } from './calendar.ts';

const previewedDays = 7;
const day_ms = 86_400_000;

/** Seven days as a live run that begins on the first of them, at midnight, fills them with visits from `from` on. */
export function liveCalendar(
  settings: Settings,
  seed: number,
  from: number,
  first_day: string,
): Calendar {
  const { timezone: zone, target_visits_per_day: target } = settings;
  const cap = settings.max_visits_per_day || Number.POSITIVE_INFINITY;
  const levels = dayLevels(settings, first_day);
  const volumeOn = levels.vary ? dayVolumes(target, levels, seed) : () => target;
  const { start_ms: first_ms } = dayBounds(first_day, zone);
  const volume = { visits_per_day: target, seed, started_at_ms: first_ms };
  const shape = liveShape(settings, volume, first_ms);
  const days = Array.from({ length: previewedDays }, (_, n): CalendarDay => {
    const date = addDays(first_day, n);
    const bounds = dayBounds(date, zone);
    // Without a shape the rate is the same all the time: a day of 25 hours has more visits.
    const length = shape === null ? (bounds.end_ms - bounds.start_ms) / day_ms : 1;
    return { date, ...bounds, asked: Math.min(cap, volumeOn(date) * length), end_index: null };
  });
  const schedule = new Schedule(seed, target, 0, from, shape);
  const curve = curveOf(settings, levels, zone);
  return { kind: 'live', zone, days, curve, due: capped(schedule, days, cap, first_ms) };
}

/** When a day has its visits, the next one waits for midnight, as in a run. */
function capped(
  schedule: Schedule,
  days: readonly CalendarDay[],
  cap: number,
  first_ms: number,
): Calendar['due'] {
  let at = 0;
  let ofDay = 0;
  const next = () => {
    at++;
    ofDay = 0;
  };
  const endOf = (day: number): number => days[day]?.end_ms ?? Number.POSITIVE_INFINITY;
  return (index) => {
    if (ofDay >= cap && at < days.length) {
      schedule.restart(endOf(at) - first_ms, index);
      next();
    }
    const moment_ms = first_ms + schedule.momentOf(index);
    while (moment_ms >= endOf(at)) next();
    ofDay++;
    // What comes after the last day is not counted by day: any other date will do.
    return { date: days[at]?.date ?? '9999-12-31', momentOf: () => moment_ms };
  };
}
