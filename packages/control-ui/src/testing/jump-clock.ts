import type { Clock } from '../ports/clock.ts';

/**
 * Virtual time that jumps: whenever nothing else is left to do at this moment, the clock goes on to the
 * next timer. What waits for an hour takes no time, and timers come in their order.
 */
export class JumpClock implements Clock {
  #now_ms = Date.UTC(2026, 4, 1, 12);
  #timers: { readonly at_ms: number; readonly call: () => void }[] = [];
  #pumping = false;

  now(): number {
    return this.#now_ms;
  }

  after(ms: number, call: () => void): () => void {
    const timer = { at_ms: this.#now_ms + ms, call };
    this.#timers.push(timer);
    this.#pump();
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  #pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    setImmediate(() => {
      this.#pumping = false;
      const next = this.#timers.toSorted((a, b) => a.at_ms - b.at_ms)[0];
      if (next === undefined) return;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#now_ms = Math.max(this.#now_ms, next.at_ms);
      next.call();
      if (this.#timers.length > 0) this.#pump();
    });
  }
}
