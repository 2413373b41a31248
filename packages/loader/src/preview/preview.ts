import type { PlanSummary } from '@trafficinator/contract';
import type { Plan } from '../plan/plan.ts';
import { type Calendar, CalendarCount } from './calendar.ts';
import { dimensions } from './dimensions.ts';
import type { Subject } from './section.ts';

export interface PreviewFacts extends Subject {
  readonly seed: number;
  readonly plan: Plan;
  readonly calendar: Calendar;
  /** The visits [from, from + visits). */
  readonly from: number;
  readonly visits: number;
}

/** Plans visits and counts them, keeping none: memory does not grow with their number. */
export function preview(facts: PreviewFacts): PlanSummary {
  const { seed, plan, from, visits } = facts;
  const counted = dimensions.map((newDimension) => newDimension(facts));
  const calendar = new CalendarCount(facts.calendar);
  let hits = 0;
  for (let index = from; index < from + visits; index++) {
    const { date, momentOf } = facts.calendar.due(index);
    const visit = plan(index, date);
    hits += visit.hits.length;
    for (const dimension of counted) dimension.see(visit);
    calendar.see(index, momentOf(visit.duration_ms));
  }
  return {
    seed,
    from,
    visits,
    hits,
    sections: [...counted.flatMap((dimension) => dimension.sections()), ...calendar.sections()],
    calendar: calendar.days(),
  };
}
