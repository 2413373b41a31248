import type { Clock } from './clock.ts';

interface Timer {
  readonly due_ms: number;
  readonly order: number;
  readonly callback: () => void;
}

/** A clock that only moves when told to: whole runs are tested under it in no time. */
export class VirtualClock implements Clock {
  #now: number;
  readonly #start: number;
  #order = 0;
  readonly #timers = new Set<Timer>();

  constructor(start_ms = Date.UTC(2026, 5, 10, 12)) {
    this.#now = start_ms;
    this.#start = start_ms;
  }

  now(): number {
    return this.#now;
  }

  elapsed(): number {
    return this.#now - this.#start;
  }

  after(delay_ms: number, callback: () => void): Timer {
    const timer = { due_ms: this.#now + Math.max(0, delay_ms), order: this.#order++, callback };
    this.#timers.add(timer);
    return timer;
  }

  cancel(timer: unknown): void {
    this.#timers.delete(timer as Timer);
  }

  /** Moves time forward, firing timers in order and letting promises settle between them. */
  async advance(by_ms: number): Promise<void> {
    const until = this.#now + by_ms;
    for (;;) {
      await settled();
      const next = this.#next();
      if (next === undefined || next.due_ms > until) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.due_ms);
      next.callback();
    }
    this.#now = until;
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
