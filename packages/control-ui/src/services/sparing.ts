import type { Clock } from '../ports/clock.ts';

const minute_ms = 60_000;

/** Lets so many things a minute be noted, so that nobody can fill a trail by failing often. */
export class Sparing {
  readonly #clock: Clock;
  readonly #perMinute: number;
  #began_ms = Number.NEGATIVE_INFINITY;
  #noted = 0;
  #leftOut = 0;

  constructor(clock: Clock, perMinute: number) {
    this.#clock = clock;
    this.#perMinute = perMinute;
  }

  /** How many were left out since the last one that was noted; null: this one is left out as well. */
  take(): number | null {
    const now_ms = this.#clock.now();
    if (Math.abs(now_ms - this.#began_ms) >= minute_ms) {
      this.#began_ms = now_ms;
      this.#noted = 0;
    }
    if (this.#noted >= this.#perMinute) {
      this.#leftOut += 1;
      return null;
    }
    this.#noted += 1;
    const leftOut = this.#leftOut;
    this.#leftOut = 0;
    return leftOut;
  }
}
