import { Draws, purpose } from '../plan/draw.ts';

const day_ms = 86_400_000;

/**
 * An absolute schedule of arrivals: visit i is due at a moment that depends on nothing that happened
 * before it, so a slow Matomo never slows the arrivals down. Each visit has a slot of equal length and
 * a seeded place in it, which makes the rate exact over any stretch of time.
 */
export class Schedule {
  readonly #seed: number;
  readonly #slot_ms: number;
  #anchor_ms: number;
  #firstIndex: number;

  /** `anchor_ms`: when the slot of visit `firstIndex` begins, in the clock's monotonic time. */
  constructor(seed: number, visitsPerDay: number, anchor_ms: number, firstIndex: number) {
    this.#seed = seed;
    this.#slot_ms = day_ms / visitsPerDay;
    this.#anchor_ms = anchor_ms;
    this.#firstIndex = firstIndex;
  }

  /** When visit `index` is due. */
  momentOf(index: number): number {
    const within = new Draws(this.#seed, index).unit(purpose.arrival);
    return this.#anchor_ms + (index - this.#firstIndex + within) * this.#slot_ms;
  }

  /** Begins anew at `anchor_ms` with visit `index`: what a pause skipped is not caught up. */
  restart(anchor_ms: number, index: number): void {
    this.#anchor_ms = anchor_ms;
    this.#firstIndex = index;
  }
}
