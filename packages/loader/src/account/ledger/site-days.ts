import { dayBounds, dayOf } from '../../pace/calendar.ts';
import { type DayMetrics, noMetrics } from './metrics.ts';

/** A calendar day of the site with its reports; the end is outside. */
export interface SiteDay {
  readonly date: string;
  readonly start_seconds: number;
  readonly end_seconds: number;
  readonly metrics: DayMetrics;
  /** Site search keywords of the day. */
  readonly keywords: Set<string>;
}

/**
 * The days of a site's zone. A look-up is a comparison when hits follow one another, and a binary search
 * when they jump about; a zone is asked once a day.
 */
export class SiteDays {
  readonly #zone: string;
  /** In order. */
  readonly #days: SiteDay[] = [];
  #latest: SiteDay | null = null;

  constructor(zone: string) {
    this.#zone = zone;
  }

  /** The day of a moment (epoch seconds). */
  at(at_seconds: number): SiteDay {
    const latest = this.#latest;
    if (latest !== null && contains(latest, at_seconds)) return latest;
    let low = 0;
    let high = this.#days.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#days[middle] as SiteDay).end_seconds <= at_seconds) low = middle + 1;
      else high = middle;
    }
    let day = this.#days[low];
    if (day === undefined || !contains(day, at_seconds)) {
      day = this.#newDay(at_seconds);
      this.#days.splice(low, 0, day);
    }
    this.#latest = day;
    return day;
  }

  /** In order. */
  all(): readonly SiteDay[] {
    return this.#days;
  }

  #newDay(at_seconds: number): SiteDay {
    const date = dayOf(at_seconds * 1000, this.#zone);
    const { start_ms, end_ms } = dayBounds(date, this.#zone);
    return {
      date,
      start_seconds: start_ms / 1000,
      end_seconds: end_ms / 1000,
      metrics: noMetrics(),
      keywords: new Set(),
    };
  }
}

const contains = (day: SiteDay, at_seconds: number): boolean =>
  day.start_seconds <= at_seconds && at_seconds < day.end_seconds;
