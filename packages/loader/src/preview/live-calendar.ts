import { addDays, type Settings } from '@trafficinator/contract';
import { dayBounds, dayOf } from '../pace/calendar.ts';
import { DayCurve } from '../pace/curve/day-curve.ts';
import { hoursOfWeek } from '../pace/curve/shapes.ts';
import { Schedule } from '../pace/schedule.ts';
import type { Visit } from '../plan/visit.ts';
import type { Calendar, CalendarDay } from './calendar.ts';

const previewedDays = 7;
const day_ms = 86_400_000;

type LiveSettings = Pick<
  Settings,
  | 'timezone'
  | 'traffic_shape'
  | 'traffic_shape_table'
  | 'target_visits_per_day'
  | 'max_visits_per_day'
>;

/** The seven days after today, as a live run that begins at midnight fills them with visits from `from` on. */
export function liveCalendar(
  settings: LiveSettings,
  seed: number,
  from: number,
  now_ms: number,
): Calendar {
  const { timezone: zone, target_visits_per_day: target, traffic_shape: shape } = settings;
  const cap = settings.max_visits_per_day || Number.POSITIVE_INFINITY;
  const week = hoursOfWeek(shape, settings.traffic_shape_table);
  const tomorrow = addDays(dayOf(now_ms, zone), 1);
  const days = Array.from({ length: previewedDays }, (_, n): CalendarDay => {
    const date = addDays(tomorrow, n);
    const bounds = dayBounds(date, zone);
    // Without a shape the rate is the same all the time: a day of 25 hours has more visits.
    const length = shape === 'flat' ? (bounds.end_ms - bounds.start_ms) / day_ms : 1;
    return { date, ...bounds, asked: Math.min(cap, target * length), end_index: null };
  });
  const first_ms = days[0]?.start_ms ?? now_ms;
  const curve = { curve: new DayCurve(week, zone), epoch_ms: first_ms };
  const schedule = new Schedule(seed, target, 0, from, shape === 'flat' ? null : curve);
  return { kind: 'live', zone, days, week, momentOf: capped(schedule, days, cap, first_ms) };
}

/** When a day has its visits, the next one waits for midnight, as in a run. */
function capped(
  schedule: Schedule,
  days: readonly CalendarDay[],
  cap: number,
  first_ms: number,
): Calendar['momentOf'] {
  let at = 0;
  let ofDay = 0;
  return ({ index }: Visit) => {
    if (ofDay >= cap && at < days.length) {
      schedule.restart((days[at]?.end_ms ?? 0) - first_ms, index);
      at++;
      ofDay = 0;
    }
    const moment_ms = first_ms + schedule.momentOf(index);
    while (at < days.length && moment_ms >= (days[at]?.end_ms ?? 0)) {
      at++;
      ofDay = 0;
    }
    ofDay++;
    return moment_ms;
  };
}
