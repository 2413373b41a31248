import { dayBounds, dayOf } from '../calendar.ts';
import type { DayCurve } from './day-curve.ts';
import type { VolumeOn } from './day-volumes.ts';

/** Days without a single visit after which none is expected any more. */
const mostEmptyDays = 3_660;

/** A day on the way, with the visits of the days before it, counted from the first day's midnight. */
interface Step {
  readonly date: string;
  readonly before: number;
  readonly volume: number;
}

/**
 * Walks from a moment through days of different volumes. Within a day the visits follow its curve, so the
 * rate changes at midnight, with neither a gap nor a clump between the last visit of one day and the first
 * of the next.
 */
export class VolumeWalk {
  readonly #curve: DayCurve;
  readonly #zone: string;
  readonly #volumeOn: VolumeOn;
  /** Visits of the first day that were due before the walk begins. */
  readonly #missed: number;
  readonly #first: Step;
  /** The day of the last answer: visits are asked for in their order. */
  #at: Step;

  /** `from_ms`: epoch ms at which the walk begins. */
  constructor(curve: DayCurve, zone: string, volumeOn: VolumeOn, from_ms: number) {
    this.#curve = curve;
    this.#zone = zone;
    this.#volumeOn = volumeOn;
    const date = dayOf(from_ms, zone);
    this.#first = { date, before: 0, volume: volumeOn(date) };
    this.#missed = curve.share(date, from_ms) * this.#first.volume;
    this.#at = this.#first;
  }

  /** When so many visits have come, epoch ms; Infinity when there are never so many. */
  after(visits: number): number {
    const wanted = visits + this.#missed;
    let step = wanted < this.#at.before ? this.#first : this.#at;
    let empty = 0;
    while (wanted >= step.before + step.volume) {
      empty = step.volume > 0 ? 0 : empty + 1;
      if (empty > mostEmptyDays) return Number.POSITIVE_INFINITY;
      step = this.#next(step);
    }
    this.#at = step;
    return this.#curve.place(step.date, (wanted - step.before) / step.volume);
  }

  #next({ date, before, volume }: Step): Step {
    const next = dayOf(dayBounds(date, this.#zone).end_ms, this.#zone);
    return { date: next, before: before + volume, volume: this.#volumeOn(next) };
  }
}
