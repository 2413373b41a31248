import type { PlanSummary } from '@trafficinator/contract';
import { secondOfDay } from '../pace/calendar.ts';
import type { DayCurve } from '../pace/curve/day-curve.ts';
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

/** When a visit is due. */
interface Due {
  /** The site's day. */
  readonly date: string;
  /** Epoch ms, of a visit of this length. */
  readonly momentOf: (duration_ms: number) => number;
}

/** When visits are due: days in a row. */
export interface Calendar {
  readonly kind: PlanSummary['calendar']['kind'];
  readonly zone: string;
  readonly days: readonly CalendarDay[];
  /** Visits are asked for in their order. */
  readonly due: (index: number) => Due;
  /** How the visits of a day spread over its hours. */
  readonly curve: DayCurve;
}

const hour_ms = 3_600_000;
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

  see(index: number, moment_ms: number): void {
    const { days, zone } = this.#calendar;
    this.#end_index = index + 1;
    while (this.#at < days.length && moment_ms >= (days[this.#at]?.end_ms ?? 0)) this.#at++;
    const hours = this.#byHour[this.#at];
    if (hours === undefined) return;
    this.#byDay[this.#at] = (this.#byDay[this.#at] ?? 0) + 1;
    const hour = hourOf(moment_ms, zone);
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
    const { days } = this.#calendar;
    const filled = [...days.keys()].filter((at) => this.#isFilled(at));
    const total = filled.reduce((sum, at) => sum + (this.#byDay[at] ?? 0), 0);
    if (total === 0) return [];
    const asked = Array.from({ length: 24 }, () => 0);
    for (const at of filled) this.#addAsked(asked, at);
    const rows = asked.map((visits, hour) => {
      const count = filled.reduce((sum, at) => sum + (this.#byHour[at]?.[hour] ?? 0), 0);
      const name = `${String(hour).padStart(2, '0')}:00`;
      return shareRow(name, count, total, Math.min(1, visits / total), tolerated);
    });
    const title = `Hours of the day, ${filled.length} days`;
    return [{ name: 'hours', title, of: 'visits', total, rows, figures: [] }];
  }

  /** The visits of a day as its curve spreads them: two hours of the clock may be one, or one twice. */
  #addAsked(asked: number[], at: number): void {
    const { days, zone, curve } = this.#calendar;
    const day = days[at];
    if (day === undefined) return;
    // Less than the whole of a day that is cut off.
    const all = curve.share(day.date, day.end_ms);
    for (let from_ms = day.start_ms; from_ms < day.end_ms; from_ms += hour_ms) {
      const to_ms = Math.min(day.end_ms, from_ms + hour_ms);
      const share = (curve.share(day.date, to_ms) - curve.share(day.date, from_ms)) / all;
      const hour = hourOf(from_ms, zone);
      asked[hour] = (asked[hour] ?? 0) + share * (this.#byDay[at] ?? 0);
    }
  }

  /** Whether all its visits were counted: a later day has some, or the schedule says so. */
  #isFilled(at: number): boolean {
    const end = this.#calendar.days[at]?.end_index ?? null;
    return end === null ? at < this.#at : end <= this.#end_index;
  }
}

const hourOf = (at_ms: number, zone: string): number => Math.floor(secondOfDay(at_ms, zone) / 3600);
