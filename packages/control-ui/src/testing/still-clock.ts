import type { Clock } from '../ports/clock.ts';

/** Time that goes on only when a test says so. */
export class StillClock implements Clock {
  #now_ms = Date.UTC(2026, 4, 1, 12);
  #timers: { readonly at_ms: number; readonly call: () => void }[] = [];

  now(): number {
    return this.#now_ms;
  }

  /** UTC in ISO format. */
  readonly iso = (): string => new Date(this.#now_ms).toISOString();

  after(ms: number, call: () => void): () => void {
    const timer = { at_ms: this.#now_ms + ms, call };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Lets so many ms pass; timers that are due come in their order. */
  pass(ms: number): void {
    const until_ms = this.#now_ms + ms;
    for (;;) {
      const next = this.#timers.toSorted((a, b) => a.at_ms - b.at_ms)[0];
      if (next === undefined || next.at_ms > until_ms) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#now_ms = Math.max(this.#now_ms, next.at_ms);
      next.call();
    }
    this.#now_ms = until_ms;
  }
}
