import type { Clock } from './clock.ts';

interface Timer {
  readonly due_ms: number;
  readonly order: number;
  readonly callback: () => void;
}

/**
 * A clock that only moves when told to: whole runs are tested under it in no time. Monotonic time counts
 * from 0: as a difference of epoch milliseconds it would be rounded to a quarter of a microsecond, and a
 * timer could stand just before its moment for ever.
 */
export class VirtualClock implements Clock {
  #elapsed_ms = 0;
  readonly #start_ms: number;
  #order = 0;
  readonly #timers = new Set<Timer>();

  constructor(start_ms = Date.UTC(2026, 5, 10, 12)) {
    this.#start_ms = start_ms;
  }

  /** Whole milliseconds, as `Date.now` tells them. */
  now(): number {
    return Math.floor(this.#start_ms + this.#elapsed_ms);
  }

  elapsed(): number {
    return this.#elapsed_ms;
  }

  after(delay_ms: number, callback: () => void): Timer {
    const due_ms = this.#elapsed_ms + Math.max(0, delay_ms);
    const timer = { due_ms, order: this.#order++, callback };
    this.#timers.add(timer);
    return timer;
  }

  cancel(timer: unknown): void {
    this.#timers.delete(timer as Timer);
  }

  /** Moves time forward, firing timers in order and letting promises settle between them. */
  async advance(by_ms: number): Promise<void> {
    const until_ms = this.#elapsed_ms + by_ms;
    for (;;) {
      await settled();
      const next = this.#next();
      if (next === undefined || next.due_ms > until_ms) break;
      this.#timers.delete(next);
      this.#elapsed_ms = Math.max(this.#elapsed_ms, next.due_ms);
      next.callback();
    }
    this.#elapsed_ms = until_ms;
    await settled();
  }

  #next(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (
        first === undefined ||
        timer.due_ms < first.due_ms ||
        (timer.due_ms === first.due_ms && timer.order < first.order)
      ) {
        first = timer;
      }
    }
    return first;
  }
}

/** Lets every promise that can settle now do so. */
async function settled(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}
