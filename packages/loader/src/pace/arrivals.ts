import type { Clock } from './clock.ts';
import type { Schedule } from './schedule.ts';

/** What the caps say to the next arrival. */
export type Permit =
  | { readonly kind: 'go' }
  /** The cap is filled by visits that still wait for a slot; ask again when one of them is dropped. */
  | { readonly kind: 'hold' }
  | { readonly kind: 'pause'; readonly until_ms: number }
  | { readonly kind: 'end'; readonly reason: string };

export interface ArrivalHandlers {
  readonly permit: () => Permit;
  readonly arrive: (index: number, due_ms: number) => void;
  /** `until_ms`: wall-clock moment at which arrivals go on. */
  readonly paused: (until_ms: number) => void;
  readonly resumed: () => void;
  /** `time`: the time is over; otherwise what the caps said. */
  readonly ended: (reason: string) => void;
}

/** Longest single timer: wall clocks are set and laptops sleep, so long waits are looked at again. */
const longestWait_ms = 60_000;

/**
 * Lets visits arrive at the moments of the schedule, as far as the caps permit. Due moments are
 * monotonic time (`clock.elapsed`). After a pause the schedule goes on from then: no burst.
 */
export class Arrivals {
  readonly #clock: Clock;
  readonly #schedule: Schedule;
  readonly #handlers: ArrivalHandlers;
  readonly #ends_ms: number;
  #next: number;
  #timer: unknown = null;
  #pausedUntil: number | null = null;
  #held = false;
  #over = false;

  /** `ends_ms`: monotonic time after which no visit arrives; Infinity for endless. */
  constructor(
    clock: Clock,
    schedule: Schedule,
    firstIndex: number,
    ends_ms: number,
    handlers: ArrivalHandlers,
  ) {
    this.#clock = clock;
    this.#schedule = schedule;
    this.#next = firstIndex;
    this.#ends_ms = ends_ms;
    this.#handlers = handlers;
  }

  start(): void {
    this.#tick();
  }

  /** Stops for good; no handler is called any more. */
  stop(): void {
    this.#over = true;
    if (this.#timer !== null) this.#clock.cancel(this.#timer);
    this.#timer = null;
  }

  /** A visit that held a place under a cap has begun or was dropped: ask the caps again. */
  askAgain(): void {
    if (!this.#held || this.#over) return;
    this.#held = false;
    this.#next = this.#schedule.restart(this.#clock.elapsed(), this.#next);
    this.#tick();
  }

  #tick = (): void => {
    this.#timer = null;
    if (this.#pausedUntil !== null && !this.#resumeIfDue(this.#pausedUntil)) return;
    while (!this.#over && !this.#held) {
      const now = this.#clock.elapsed();
      if (now >= this.#ends_ms) return this.#end('time');
      const permit = this.#handlers.permit();
      if (permit.kind === 'end') return this.#end(permit.reason);
      if (permit.kind === 'pause') return this.#pause(permit.until_ms);
      const due = this.#schedule.momentOf(this.#next);
      if (due > now) return this.#wait(Math.min(due, this.#ends_ms) - now);
      if (permit.kind === 'hold') {
        this.#held = true;
        return;
      }
      this.#handlers.arrive(this.#next++, due);
    }
  };

  #pause(until_ms: number): void {
    if (this.#pausedUntil === null) this.#handlers.paused(until_ms);
    this.#pausedUntil = until_ms;
    this.#wait(Math.min(until_ms - this.#clock.now(), this.#ends_ms - this.#clock.elapsed()));
  }

  #resumeIfDue(until_ms: number): boolean {
    if (this.#clock.elapsed() >= this.#ends_ms) {
      this.#end('time');
      return false;
    }
    if (this.#clock.now() < until_ms) {
      this.#pause(until_ms);
      return false;
    }
    this.#pausedUntil = null;
    this.#next = this.#schedule.restart(this.#clock.elapsed(), this.#next);
    this.#handlers.resumed();
    return true;
  }

  #wait(delay_ms: number): void {
    if (this.#over) return;
    this.#timer = this.#clock.after(Math.min(Math.max(0, delay_ms), longestWait_ms), this.#tick);
  }

  #end(reason: string): void {
    this.stop();
    this.#handlers.ended(reason);
  }
}
