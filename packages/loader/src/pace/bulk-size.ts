const least = 20;
const most = 500;
const quick_ms = 500;
const slow_ms = 2_000;
const step = 25;

/**
 * How many hits a bulk request has: more while Matomo answers quickly, fewer when it is slow (long
 * transactions hold locks), half when the request was too large for the server.
 */
export class BulkSize {
  #size: number;
  #limit = most;

  constructor(first: number) {
    this.#size = first;
  }

  get hits(): number {
    return this.#size;
  }

  /** A batch was answered, or given up after so long. One far below the size tells nothing about it. */
  answered(hits: number, took_ms: number): void {
    if (hits * 2 <= this.#size) return;
    if (took_ms > slow_ms) {
      this.#size = Math.max(Math.min(least, this.#size), Math.floor(this.#size * 0.7));
    } else if (took_ms < quick_ms) {
      this.#size = Math.min(this.#limit, this.#size + step);
    }
  }

  /** 413: the server takes no request of this size. */
  tooLarge(hits: number): void {
    this.#limit = Math.min(this.#limit, Math.max(1, Math.floor(hits / 2)));
    this.#size = Math.min(this.#size, this.#limit);
  }
}
