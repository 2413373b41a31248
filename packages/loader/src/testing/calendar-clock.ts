import type { Clock } from '../pace/clock.ts';
import { VirtualClock } from '../pace/virtual-clock.ts';

/**
 * Virtual time with a date. Monotonic time is counted from 0: as a difference of epoch milliseconds it
 * would be rounded to a quarter of a microsecond, and a timer could stand just before its moment for
 * ever. The wall clock shows whole milliseconds, as Date.now does.
 */
export class CalendarClock implements Clock {
  readonly #ticks = new VirtualClock(0);
  readonly #start_ms: number;

  constructor(start_ms = Date.UTC(2026, 5, 10, 12)) {
    this.#start_ms = start_ms;
  }

  now(): number {
    return this.#start_ms + Math.floor(this.#ticks.elapsed());
  }

  elapsed(): number {
    return this.#ticks.elapsed();
  }

  after(delay_ms: number, callback: () => void): unknown {
    return this.#ticks.after(delay_ms, callback);
  }

  cancel(timer: unknown): void {
    this.#ticks.cancel(timer);
  }

  /** Moves time forward, firing timers in order and letting promises settle between them. */
  advance(by_ms: number): Promise<void> {
    return this.#ticks.advance(by_ms);
  }
}
