import type { Clock } from './clock.ts';

/**
 * Wakes many waiting visits with one timer: a binary heap over typed arrays (due time, slot). A wait costs
 * some 16 bytes and a microsecond, where a timer each costs some 300 bytes, three microseconds and tens
 * of milliseconds of lateness now and then (docs/performance.md).
 */
export class Agenda {
  readonly #clock: Clock;
  readonly #wake: (slot: number, due_ms: number) => void;
  #due: Float64Array;
  #slot: Int32Array;
  #size = 0;
  #timer: unknown = null;
  #armedFor = Number.POSITIVE_INFINITY;

  /** `wake` gets the slot and the moment it was due. Due times are monotonic (`clock.elapsed`). */
  constructor(clock: Clock, capacity: number, wake: (slot: number, due_ms: number) => void) {
    this.#clock = clock;
    this.#wake = wake;
    this.#due = new Float64Array(Math.max(16, Math.min(capacity, 1024)));
    this.#slot = new Int32Array(this.#due.length);
  }

  get size(): number {
    return this.#size;
  }

  add(due_ms: number, slot: number): void {
    if (this.#size === this.#due.length) this.#grow();
    let at = this.#size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((this.#due[parent] as number) <= due_ms) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#due[at] = due_ms;
    this.#slot[at] = slot;
    this.#arm();
  }

  /** Takes everything out, in no particular order. */
  drain(): number[] {
    const slots = [...this.#slot.subarray(0, this.#size)];
    this.#size = 0;
    this.#disarm();
    return slots;
  }

  #fire = (): void => {
    this.#armedFor = Number.POSITIVE_INFINITY;
    this.#timer = null;
    const now = this.#clock.elapsed();
    while (this.#size > 0 && (this.#due[0] as number) <= now) {
      const due = this.#due[0] as number;
      const slot = this.#slot[0] as number;
      this.#removeFirst();
      this.#wake(slot, due);
    }
    this.#arm();
  };

  #removeFirst(): void {
    const last = --this.#size;
    if (last === 0) return;
    const due = this.#due[last] as number;
    const slot = this.#slot[last] as number;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= last) break;
      if (child + 1 < last && (this.#due[child + 1] as number) < (this.#due[child] as number)) {
        child++;
      }
      if ((this.#due[child] as number) >= due) break;
      this.#move(child, at);
      at = child;
    }
    this.#due[at] = due;
    this.#slot[at] = slot;
  }

  #move(from: number, to: number): void {
    this.#due[to] = this.#due[from] as number;
    this.#slot[to] = this.#slot[from] as number;
  }

  #arm(): void {
    const first = this.#size > 0 ? (this.#due[0] as number) : Number.POSITIVE_INFINITY;
    if (first >= this.#armedFor) return;
    this.#disarm();
    this.#armedFor = first;
    this.#timer = this.#clock.after(Math.max(0, first - this.#clock.elapsed()), this.#fire);
  }

  #disarm(): void {
    if (this.#timer !== null) this.#clock.cancel(this.#timer);
    this.#timer = null;
    this.#armedFor = Number.POSITIVE_INFINITY;
  }

  #grow(): void {
    const due = new Float64Array(this.#due.length * 2);
    const slot = new Int32Array(due.length);
    due.set(this.#due);
    slot.set(this.#slot);
    this.#due = due;
    this.#slot = slot;
  }
}
