import { type CalendarSettings, peakDay, type Settings } from '@trafficinator/contract';
import type { Rhythm } from '../plan/crowd/crowd.ts';
import type { BackfillSchedule } from './backfill/backfill-schedule.ts';
import { hoursOfWeek } from './curve/shapes.ts';

type ShapeSettings = Pick<Settings, 'traffic_shape' | 'traffic_shape_table'>;

const minute_ms = 60_000;
const hour_ms = 60 * minute_ms;
const day_ms = 24 * hour_ms;

/** After so long without an action Matomo begins a new visit. */
const visitGap_ms = 30 * minute_ms;
/** For retries and slow answers, and for what days of 23 hours have more in an hour. */
const reserve_ms = 30 * minute_ms;

/**
 * The rhythm of a live run. Hits go out later than planned by waiting for a slot, by pauses and by
 * retries, and with simulated times a visit lies before the moment at which it is sent. Days of the calendar
 * may be busier, and days of a year's growth.
 */
export function liveRhythm(
  settings: ShapeSettings &
    CalendarSettings &
    Pick<Settings, 'pageviews_max' | 'pause_between_pvs_max' | 'max_lateness_seconds'>,
  visits_per_day: number,
  longest_visit_ms: number,
): Rhythm {
  const { pageviews_max, pause_between_pvs_max, max_lateness_seconds } = settings;
  const sending_ms = (pageviews_max * pause_between_pvs_max + max_lateness_seconds) * 1_000;
  const apart_ms = visitGap_ms + 2 * longest_visit_ms + sending_ms + reserve_ms;
  const growth = Math.max(1, 1 + settings.growth_percent_per_year / 100);
  const peak = visits_per_day * Math.max(1, peakDay(settings).level) * growth;
  return { visits_per_day, visits_apart: atBusiest(settings, peak, apart_ms) };
}

/** The rhythm of a backfill; the longer a visit, the earlier it begins in its day. */
export function backfillRhythm(
  { days }: Pick<BackfillSchedule, 'days'>,
  settings: ShapeSettings,
  longest_visit_ms: number,
): Rhythm {
  const volumes = days
    .filter(({ first_index, end_index }) => end_index > first_index)
    .map(({ first_index, end_index, share }) => (end_index - first_index) / share);
  const visits_per_day =
    volumes.reduce((sum, visits) => sum + visits, 0) / Math.max(1, volumes.length);
  const apart_ms = visitGap_ms + 2 * longest_visit_ms + reserve_ms;
  return {
    visits_per_day,
    visits_apart: atBusiest(settings, Math.max(1, ...volumes), apart_ms),
  };
}

/** Most visits within so long, on a day with so many. */
function atBusiest(settings: ShapeSettings, visits_per_day: number, within_ms: number): number {
  const week = hoursOfWeek(settings.traffic_shape, settings.traffic_shape_table);
  let busiest = 0;
  for (let start = 0; start < week.length; start += 24) {
    const day = week.slice(start, start + 24);
    busiest = Math.max(busiest, Math.max(...day) / day.reduce((a, b) => a + b, 0));
  }
  const days = Math.min((within_ms / hour_ms) * busiest, Math.ceil(within_ms / day_ms) + 1);
  return Math.ceil(visits_per_day * days);
}
