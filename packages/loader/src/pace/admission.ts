import type { Visit } from '../plan/visit.ts';
import type { Clock } from './clock.ts';

export interface AdmissionHandlers {
  readonly start: (visit: Visit, due_ms: number) => void;
  /** The visit found no slot in time, or admission was closed. */
  readonly drop: (visit: Visit, reason: 'no_slot_in_time' | 'shutdown') => void;
}

/** A visit that came so late was delayed by the timer that brought it, not by a lack of slots. */
const timerSlack_ms = 100;

interface Waiting {
  readonly visit: Visit;
  readonly due_ms: number;
}

/**
 * Slots for visits in flight. A visit that finds none waits, first come first served, until it is
 * later than `maxLateness_ms`; then it is dropped. So the queue stays as short as the tolerated wait.
 */
export class Admission {
  readonly #clock: Clock;
  readonly #slots: number;
  readonly #maxLateness_ms: number;
  readonly #handlers: AdmissionHandlers;
  #waiting: Waiting[] = [];
  #head = 0;
  #inFlight = 0;
  /** A visit that ends within its start must not start the next one from within: stacks are finite. */
  #pumping = false;
  #timer: unknown = null;

  constructor(clock: Clock, slots: number, maxLateness_ms: number, handlers: AdmissionHandlers) {
    this.#clock = clock;
    this.#slots = slots;
    this.#maxLateness_ms = maxLateness_ms;
    this.#handlers = handlers;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  get waiting(): number {
    return this.#waiting.length - this.#head;
  }

  /** A visit has arrived: it starts, waits, or is dropped for being too late already. */
  offer(visit: Visit, due_ms: number): void {
    if (this.#clock.elapsed() - due_ms > Math.max(this.#maxLateness_ms, timerSlack_ms)) {
      this.#handlers.drop(visit, 'no_slot_in_time');
    } else if (this.#inFlight < this.#slots && this.waiting === 0) {
      this.#inFlight++;
      this.#handlers.start(visit, due_ms);
    } else {
      this.#waiting.push({ visit, due_ms });
      this.#armExpiry();
    }
  }

  /** A visit has ended; its slot goes to the one that waits longest. */
  release(): void {
    this.#inFlight--;
    if (this.waiting === 0 || this.#pumping) return;
    this.#pumping = true;
    this.#dropExpired();
    while (this.#inFlight < this.#slots) {
      const next = this.#take();
      if (next === undefined) break;
      this.#inFlight++;
      this.#handlers.start(next.visit, next.due_ms);
    }
    this.#pumping = false;
    // A timer that nobody waits for would keep the process alive after the run.
    if (this.waiting === 0) this.#disarm();
  }

  /** Drops everything that waits. */
  close(): void {
    for (let next = this.#take(); next !== undefined; next = this.#take()) {
      this.#handlers.drop(next.visit, 'shutdown');
    }
    this.#disarm();
  }

  #take(): Waiting | undefined {
    const next = this.#waiting[this.#head];
    if (next === undefined) return undefined;
    this.#head++;
    if (this.#head > 1024 && this.#head * 2 > this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#head);
      this.#head = 0;
    }
    return next;
  }

  #dropExpired = (): void => {
    const now = this.#clock.elapsed();
    for (;;) {
      const first = this.#waiting[this.#head];
      if (first === undefined || now - first.due_ms <= this.#maxLateness_ms) break;
      this.#take();
      this.#handlers.drop(first.visit, 'no_slot_in_time');
    }
    this.#disarm();
    this.#armExpiry();
  };

  #armExpiry(): void {
    const first = this.#waiting[this.#head];
    if (this.#timer !== null || first === undefined) return;
    const expires_ms = first.due_ms + this.#maxLateness_ms - this.#clock.elapsed();
    this.#timer = this.#clock.after(Math.max(1, Math.ceil(expires_ms) + 1), this.#dropExpired);
  }

  #disarm(): void {
    if (this.#timer !== null) this.#clock.cancel(this.#timer);
    this.#timer = null;
  }
}
