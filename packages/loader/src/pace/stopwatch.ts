import type { Clock } from './clock.ts';

/** Adds up time while it runs. */
export class Stopwatch {
  readonly #clock: Clock;
  #total_ms = 0;
  #since_ms: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  start(): void {
    this.#since_ms ??= this.#clock.elapsed();
  }

  stop(): void {
    this.#total_ms = this.total_ms;
    this.#since_ms = null;
  }

  get total_ms(): number {
    return this.#total_ms + (this.#since_ms === null ? 0 : this.#clock.elapsed() - this.#since_ms);
  }
}
