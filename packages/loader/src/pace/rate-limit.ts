/**
 * Spaces things out to a rate, without bursts (generic cell rate algorithm): each one pushes the
 * earliest moment of the next. Times are monotonic milliseconds.
 */
export class RateLimit {
  readonly #perSecond: number | null;
  #next_ms = Number.NEGATIVE_INFINITY;

  /** `perSecond` null: no limit. */
  constructor(perSecond: number | null) {
    this.#perSecond = perSecond;
  }

  /** Takes leave for `count` things now or later; returns how long to wait before. */
  take(count: number, now_ms: number): number {
    if (this.#perSecond === null) return 0;
    const at_ms = Math.max(now_ms, this.#next_ms);
    this.#next_ms = at_ms + (count * 1000) / this.#perSecond;
    return at_ms - now_ms;
  }
}
