export type BreakerState = 'closed' | 'open' | 'half_open';

/** Failures in a row that open the breaker: a bad patch passes, an outage does not. */
const tolerated = 20;
const firstBreak_ms = 1_000;
const longestBreak_ms = 30_000;

/**
 * A circuit breaker for one target. It opens after many failures in a row (no answer, 429 or 5xx);
 * while it is open nothing is sent. After a break, doubled each time, one hit goes through as a probe:
 * if it gets an answer the breaker closes. Times are monotonic milliseconds.
 */
export class Breaker {
  #state: BreakerState = 'closed';
  #failures = 0;
  #break_ms = firstBreak_ms;
  #until_ms = 0;
  #probed_ms = 0;

  get state(): BreakerState {
    return this.#state;
  }

  /** Whether a visit may begin now; changes nothing. */
  wouldAllow(now_ms: number): boolean {
    return this.#state === 'closed' || (this.#state === 'open' && now_ms >= this.#until_ms);
  }

  /** Takes leave to send one hit; at the end of a break exactly one gets it. */
  allow(now_ms: number): boolean {
    if (this.#state === 'closed') return true;
    if (this.#state === 'half_open' || now_ms < this.#until_ms) return false;
    this.#state = 'half_open';
    this.#probed_ms = now_ms;
    return true;
  }

  /**
   * Feeds back what became of a hit that was sent at `sent_ms`. A failure of a hit that had left before
   * the probe says nothing about the probe. Returns true when this opened the breaker.
   */
  record(answered: boolean, now_ms: number, sent_ms = now_ms): boolean {
    if (answered) {
      this.#state = 'closed';
      this.#failures = 0;
      this.#break_ms = firstBreak_ms;
      return false;
    }
    this.#failures++;
    if (this.#state === 'open') return false;
    if (this.#state === 'half_open' && sent_ms < this.#probed_ms) return false;
    if (this.#state === 'closed' && this.#failures < tolerated) return false;
    const wasClosed = this.#state === 'closed';
    this.#state = 'open';
    this.#until_ms = now_ms + this.#break_ms;
    this.#break_ms = Math.min(this.#break_ms * 2, longestBreak_ms);
    return wasClosed;
  }
}
