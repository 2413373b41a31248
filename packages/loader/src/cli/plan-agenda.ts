import type { Settings } from '@trafficinator/contract';
import { dayBounds, dayOf } from '../pace/calendar.ts';
import { liveShape } from '../pace/curve/live-shape.ts';
import { Schedule } from '../pace/schedule.ts';

/** When a visit arrives, from the beginning of what is shown, and on which day of the site. */
type Agenda = (index: number) => { readonly arrives_ms: number; readonly site_day?: string };

/** `day`: as in a run that begins at its midnight; null: evenly, on a day that no campaign and no season is about. */
export function agendaOf(settings: Settings, seed: number, day: string | null): Agenda {
  const { target_visits_per_day: visits_per_day, timezone } = settings;
  if (day === null) {
    const schedule = new Schedule(seed, visits_per_day, 0, 0);
    return (index) => ({ arrives_ms: schedule.momentOf(index) });
  }
  const { start_ms } = dayBounds(day, timezone);
  const shape = liveShape(settings, { visits_per_day, seed, started_at_ms: start_ms }, 0);
  const schedule = new Schedule(seed, visits_per_day, start_ms, 0, shape);
  return (index) => {
    const at_ms = schedule.momentOf(index);
    return { arrives_ms: at_ms - start_ms, site_day: dayOf(at_ms, timezone) };
  };
}
