import { type BackfillWindow, dayLevels } from '@trafficinator/contract';
import { type BackfillDay, BackfillSchedule } from '../pace/backfill/backfill-schedule.ts';
import { curveOf } from '../pace/curve/curve-of.ts';
import { longestVisit_ms } from '../plan/longest-visit.ts';
import type { Calendar } from './calendar.ts';
import type { Subject } from './section.ts';

/** The days of a window as a backfill fills them. */
export function backfillCalendar(
  { settings, material }: Subject,
  window: BackfillWindow,
  seed: number,
  now_ms: number,
): Calendar & { readonly visits: number } {
  const zone = settings.timezone;
  const schedule = new BackfillSchedule(window, zone, now_ms, seed, {
    ...settings,
    longest_visit_ms: longestVisit_ms(settings, material),
  });
  return {
    kind: 'backfill',
    zone,
    visits: schedule.visits,
    days: schedule.days.map(({ date, start_ms, end_ms, end_index }) => ({
      date,
      start_ms,
      end_ms,
      asked: null,
      end_index,
    })),
    due: (index) => ({
      date: (schedule.days[schedule.dayOf(index)] as BackfillDay).date,
      momentOf: (duration_ms) => schedule.momentOf(index, duration_ms),
    }),
    curve: curveOf(settings, dayLevels(settings, window.last_day), zone),
  };
}
