import { dayBounds, dayOf, secondOfDay, weekdayOf } from '../calendar.ts';

const quarter_ms = 15 * 60_000;

/** A day cut into quarters of an hour, with the share of its visits that has come by the end of each. */
interface DayShares {
  readonly start_ms: number;
  readonly end_ms: number;
  readonly upTo: Float64Array;
}

const keptDays = 64;

/**
 * How the visits of a day spread over its hours in a zone. The day's total stays what it is; on days of
 * 23 and 25 hours too. Pure: the same moment always gets the same answer.
 */
export class DayCurve {
  readonly #week: readonly number[];
  readonly #zone: string;
  readonly #weekdayOf: (date: string) => number;
  readonly #days = new Map<string, DayShares>();

  /**
   * `week`: 168 weights, Monday 0 o'clock first; on each day at least one is above 0. `weekday`: whose hours
   * a date has, 0 = Monday; its own unless it is told otherwise.
   */
  constructor(week: readonly number[], zone: string, weekday = weekdayOf) {
    this.#week = week;
    this.#zone = zone;
    this.#weekdayOf = weekday;
  }

  /** The moment at which a share `u` (0 to 1) of the visits of [start_ms, end_ms) of a day has come. */
  place(date: string, u: number, end_ms = Number.POSITIVE_INFINITY): number {
    const day = this.#dayNamed(date);
    const most = end_ms < day.end_ms ? this.#shareBy(day, end_ms) : 1;
    return this.#momentOf(day, u * most);
  }

  /** The share (0 to 1) of a day's visits that has come by a moment; before the day 0, after it 1. */
  share(date: string, at_ms: number): number {
    return this.#shareBy(this.#dayNamed(date), at_ms);
  }

  /** When so many visits have come since `from_ms`, at so many a day; epoch ms. */
  after(from_ms: number, visits: number, visitsPerDay: number): number {
    let day = this.#dayNamed(dayOf(from_ms, this.#zone));
    let days = visits / visitsPerDay + this.#shareBy(day, from_ms);
    while (days >= 1) {
      days -= 1;
      day = this.#dayNamed(dayOf(day.end_ms, this.#zone));
    }
    return this.#momentOf(day, days);
  }

  #shareBy(day: DayShares, at_ms: number): number {
    if (at_ms <= day.start_ms) return 0;
    const quarter = (at_ms - day.start_ms) / quarter_ms;
    const whole = Math.floor(quarter);
    const before = whole === 0 ? 0 : (day.upTo[whole - 1] ?? 1);
    return before + ((day.upTo[whole] ?? 1) - before) * (quarter - whole);
  }

  #momentOf(day: DayShares, share: number): number {
    let low = 0;
    let high = day.upTo.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (share < (day.upTo[middle] as number)) high = middle;
      else low = middle + 1;
    }
    const before = low === 0 ? 0 : (day.upTo[low - 1] as number);
    const width = (day.upTo[low] as number) - before;
    const within = width > 0 ? Math.min(1, (share - before) / width) : 0;
    return Math.min(day.end_ms, day.start_ms + (low + within) * quarter_ms);
  }

  #dayNamed(date: string): DayShares {
    const known = this.#days.get(date);
    if (known !== undefined) return known;
    const { start_ms, end_ms } = dayBounds(date, this.#zone);
    const quarters = Math.round((end_ms - start_ms) / quarter_ms);
    const upTo = new Float64Array(quarters);
    const weekday = this.#weekdayOf(date);
    let sum = 0;
    for (let n = 0; n < quarters; n++) {
      const hour = Math.floor(secondOfDay(start_ms + n * quarter_ms, this.#zone) / 3600);
      sum += this.#week[weekday * 24 + hour] as number;
      upTo[n] = sum;
    }
    for (let n = 0; n < quarters; n++) upTo[n] = (upTo[n] as number) / sum;
    const shares = { start_ms, end_ms, upTo };
    if (this.#days.size >= keptDays) this.#days.clear();
    this.#days.set(date, shares);
    return shares;
  }
}
