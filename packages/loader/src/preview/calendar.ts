import type { PlanSummary } from '@trafficinator/contract';
import { secondOfDay, weekdayOf } from '../pace/calendar.ts';
import type { Visit } from '../plan/visit.ts';
import type { Section } from './section.ts';
import { shareRow } from './share-row.ts';

/** A day that visits fall on. */
export interface CalendarDay {
  readonly date: string;
  readonly start_ms: number;
  /** Outside. */
  readonly end_ms: number;
  /** Visits that the settings ask for; null where chance has its part in it. */
  readonly asked: number | null;
  /** Index of the first visit after it, where the schedule numbers them by day; null where it does not. */
  readonly end_index: number | null;
}

/** When visits are due: days in a row. */
export interface Calendar {
  readonly kind: PlanSummary['calendar']['kind'];
  readonly zone: string;
  readonly days: readonly CalendarDay[];
  /** Epoch ms; visits are asked for in their order. */
  readonly momentOf: (visit: Visit) => number;
  /** 168 weights, Monday 0 o'clock first. */
  readonly week: readonly number[];
}

/** Hours differ by so much without being off: visits end before midnight, and so begin earlier. */
const tolerated = 0.1;

/** Counts planned visits by day and by hour. */
export class CalendarCount {
  readonly #calendar: Calendar;
  readonly #byDay: number[];
  readonly #byHour: number[][];
  #at = 0;
  #end_index = 0;

  constructor(calendar: Calendar) {
    this.#calendar = calendar;
    this.#byDay = calendar.days.map(() => 0);
    this.#byHour = calendar.days.map(() => Array.from({ length: 24 }, () => 0));
  }

  see(visit: Visit): void {
    const { days, momentOf, zone } = this.#calendar;
    const moment_ms = momentOf(visit);
    this.#end_index = visit.index + 1;
    while (this.#at < days.length && moment_ms >= (days[this.#at]?.end_ms ?? 0)) this.#at++;
    const hours = this.#byHour[this.#at];
    if (hours === undefined) return;
    this.#byDay[this.#at] = (this.#byDay[this.#at] ?? 0) + 1;
    const hour = Math.floor(secondOfDay(moment_ms, zone) / 3600);
    hours[hour] = (hours[hour] ?? 0) + 1;
  }

  days(): PlanSummary['calendar'] {
    const { kind, zone, days } = this.#calendar;
    return {
      kind,
      timezone: zone,
      days: days.map(({ date, asked }, at) => ({
        date,
        asked,
        planned: this.#isFilled(at) ? (this.#byDay[at] ?? 0) : null,
      })),
    };
  }

  /** The hours of the days that are filled; nothing while none is. */
  sections(): readonly Section[] {
    const { days, week } = this.#calendar;
    const filled = [...days.entries()].filter(([at]) => this.#isFilled(at));
    const total = filled.reduce((sum, [at]) => sum + (this.#byDay[at] ?? 0), 0);
    if (total === 0) return [];
    const rows = Array.from({ length: 24 }, (_, hour) => {
      const count = filled.reduce((sum, [at]) => sum + (this.#byHour[at]?.[hour] ?? 0), 0);
      const asked = filled.reduce((sum, [at, { date }]) => {
        const ofDay = week.slice(weekdayOf(date) * 24, weekdayOf(date) * 24 + 24);
        const share = (ofDay[hour] ?? 0) / ofDay.reduce((a, b) => a + b, 0);
        return sum + share * (this.#byDay[at] ?? 0);
      }, 0);
      const name = `${String(hour).padStart(2, '0')}:00`;
      return shareRow(name, count, total, asked / total, tolerated);
    });
    const title = `Hours of the day, ${filled.length} days`;
    return [{ name: 'hours', title, of: 'visits', total, rows, figures: [] }];
  }

  /** Whether all its visits were counted: a later day has some, or the schedule says so. */
  #isFilled(at: number): boolean {
    const end = this.#calendar.days[at]?.end_index ?? null;
    return end === null ? at < this.#at : end <= this.#end_index;
  }
}
