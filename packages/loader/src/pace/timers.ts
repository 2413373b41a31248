import type { Clock } from './clock.ts';

/** Timers that end together. */
export class Timers {
  readonly #clock: Clock;
  readonly #running = new Set<unknown>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  after(delay_ms: number, callback: () => void): void {
    const timer = this.#clock.after(delay_ms, () => {
      this.#running.delete(timer);
      callback();
    });
    this.#running.add(timer);
  }

  cancelAll(): void {
    for (const timer of this.#running) this.#clock.cancel(timer);
    this.#running.clear();
  }
}
