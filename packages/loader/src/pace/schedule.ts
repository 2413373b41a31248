import { Draws, purpose } from '../plan/draw.ts';
import type { DayCurve } from './curve/day-curve.ts';
import type { VolumeOn } from './curve/day-volumes.ts';
import { VolumeWalk } from './curve/volume-walk.ts';

const day_ms = 86_400_000;

/** The hours of the day make the rate. */
export interface Shape {
  readonly curve: DayCurve;
  /** Wall-clock time (epoch ms) at monotonic time 0. */
  readonly epoch_ms: number;
  /** Days with volumes of their own; null: all have the same. */
  readonly days: { readonly zone: string; readonly volumeOn: VolumeOn } | null;
}

/**
 * An absolute schedule of arrivals: visit i is due at a moment that depends on nothing that happened
 * before it, so a slow Matomo never slows the arrivals down. Each visit has a slot of equal length and
 * a seeded place in it, which makes the rate exact over any stretch of time. A shape makes the slots of
 * busy hours and days shorter and those of quiet ones longer. A fixed schedule never moves: whatever was
 * missed, each visit keeps its moment, so that several processes with the same schedule agree.
 */
export class Schedule {
  readonly #seed: number;
  readonly #visitsPerDay: number;
  readonly #shape: Shape | null;
  readonly #fixed: boolean;
  #anchor_ms: number;
  #firstIndex: number;
  #walk: VolumeWalk | null = null;

  /** `anchor_ms`: when the slot of visit `firstIndex` begins, in the clock's monotonic time. */
  constructor(
    seed: number,
    visitsPerDay: number,
    anchor_ms: number,
    firstIndex: number,
    shape: Shape | null = null,
    fixed = false,
  ) {
    this.#seed = seed;
    this.#visitsPerDay = visitsPerDay;
    this.#shape = shape;
    this.#fixed = fixed;
    this.#anchor_ms = anchor_ms;
    this.#firstIndex = firstIndex;
  }

  /** When visit `index` is due. */
  momentOf(index: number): number {
    const within = new Draws(this.#seed, index).unit(purpose.arrival);
    const visits = index - this.#firstIndex + within;
    if (this.#shape === null) return this.#anchor_ms + (visits * day_ms) / this.#visitsPerDay;
    const { curve, epoch_ms, days } = this.#shape;
    const from_ms = epoch_ms + this.#anchor_ms;
    if (days === null) return curve.after(from_ms, visits, this.#visitsPerDay) - epoch_ms;
    this.#walk ??= new VolumeWalk(curve, days.zone, days.volumeOn, from_ms);
    return this.#walk.after(visits) - epoch_ms;
  }

  /**
   * Goes on at `now_ms` and gives the visit that comes next, after `index` were done: what a pause skipped
   * is not caught up. The schedule begins anew with that visit; a fixed one leaves out those that are past.
   */
  restart(now_ms: number, index: number): number {
    if (this.#fixed) return this.#firstFrom(now_ms, index);
    this.#anchor_ms = now_ms;
    this.#firstIndex = index;
    this.#walk = null;
    return index;
  }

  /** The first visit, from `index` on, whose moment is not past: moments only grow. */
  #firstFrom(now_ms: number, index: number): number {
    let step = 1;
    while (this.momentOf(index + step - 1) < now_ms) step *= 2;
    let low = index;
    let high = index + step - 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.momentOf(middle) < now_ms) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
