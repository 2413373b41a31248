import {
  addDays,
  type BackfillWindow,
  type CalendarSettings,
  dayLevels,
  type Settings,
} from '@trafficinator/contract';
import { Draws, purpose } from '../../plan/draw.ts';
import { dayBounds } from '../calendar.ts';
import { curveOf } from '../curve/curve-of.ts';
import type { DayCurve } from '../curve/day-curve.ts';
import { type VolumeSettings, visitsOnDay } from './volume.ts';

/** One day of the window with the visits [first_index, end_index). */
export interface BackfillDay {
  readonly date: string;
  readonly start_ms: number;
  /** Outside; the moment of the start of the backfill on the last day, if that is today. */
  readonly end_ms: number;
  readonly first_index: number;
  readonly end_index: number;
  /** Of a whole day's visits, those that come before the day is cut; 0: it has no room for any. */
  readonly share: number;
}

export interface BackfillScheduleOptions
  extends VolumeSettings,
    CalendarSettings,
    Pick<Settings, 'traffic_shape' | 'traffic_shape_table'> {
  /** 0 = no cap. */
  readonly backfill_max_visits_total: number;
  /** No visit is longer. */
  readonly longest_visit_ms: number;
}

/** A visit ends so long before its day does: Matomo cuts times to whole seconds. */
const margin_ms = 1_000;

/**
 * The schedule of a backfill: visits are numbered through the window day by day. A visit lies within its
 * day as a whole, so that no midnight splits it (one that is longer than its day begins with it), and
 * nothing lies after `cut_ms`.
 */
export class BackfillSchedule {
  readonly days: readonly BackfillDay[];
  readonly #seed: number;
  readonly #curve: DayCurve;

  /** `zone`: the site's. `cut_ms`: when the backfill began; Matomo records the future as now. */
  constructor(
    window: BackfillWindow,
    zone: string,
    cut_ms: number,
    seed: number,
    options: BackfillScheduleOptions,
  ) {
    this.#seed = seed;
    const levels = dayLevels(options, window.last_day);
    this.#curve = curveOf(options, levels, zone);
    const dates = Array.from({ length: window.days }, (_, n) => addDays(window.first_day, n));
    const peak_level = levels.vary ? Math.max(...dates.map((date) => levels.levelOn(date))) : 1;
    const total = options.backfill_max_visits_total || Number.POSITIVE_INFINITY;
    /** Any visit that begins until then is over before the cut. */
    const latest_ms = cut_ms - options.longest_visit_ms - margin_ms;
    const days: BackfillDay[] = [];
    let first_index = 0;
    for (const [number, date] of dates.entries()) {
      const { start_ms, end_ms: midnight_ms } = dayBounds(date, zone);
      const end_ms = Math.min(midnight_ms, cut_ms);
      const isWhole = end_ms === midnight_ms;
      const room = isWhole ? latest_ms > start_ms : this.#curve.share(date, latest_ms) > 0;
      const share = !room ? 0 : isWhole ? 1 : this.#curve.share(date, end_ms);
      const full = visitsOnDay(options, seed, {
        date,
        number,
        days: window.days,
        level: levels.levelOn(date),
        peak_level,
      });
      const wanted = Math.floor(full * share);
      const end_index = Math.min(first_index + wanted, total);
      days.push({ date, start_ms, end_ms, first_index, end_index, share });
      first_index = end_index;
    }
    this.days = days;
  }

  /** Visits of the whole window. */
  get visits(): number {
    return this.days.at(-1)?.end_index ?? 0;
  }

  /** Number of the day, from 0, that a visit lies on. */
  dayOf(index: number): number {
    let low = 0;
    let high = this.days.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (index < (this.days[middle] as BackfillDay).end_index) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** When a visit of this length starts, epoch ms. */
  momentOf(index: number, duration_ms: number): number {
    const day = this.days[this.dayOf(index)] as BackfillDay;
    const latest_ms = day.end_ms - duration_ms - margin_ms;
    const within = new Draws(this.#seed, index).unit(purpose.arrival);
    const place = (index - day.first_index + within) / (day.end_index - day.first_index);
    // Before the first busy hour of a day `place` knows no moment but the beginning of that hour.
    const moment_ms = Math.min(this.#curve.place(day.date, place, latest_ms), latest_ms);
    return Math.max(day.start_ms, Math.floor(moment_ms));
  }
}
