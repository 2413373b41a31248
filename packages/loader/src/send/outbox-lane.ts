import type { Visit } from '../plan/visit.ts';

/** A visit that is to go out in bulk. */
export interface Posted {
  readonly visit: Visit;
  /** Monotonic moment it was scheduled for. */
  readonly due_ms: number;
  /** Simulated start, epoch ms. */
  readonly start_ms: number;
}

/** The visits of one lane: one batch is out or waits for a retry, the others wait for their turn. */
export class OutboxLane {
  readonly number: number;
  batch: readonly Posted[] | null = null;
  attempt = 0;
  /** Of the batch's retry, or without a batch of the next one's departure. */
  timer: unknown = null;
  #waiting: Posted[] = [];
  #hits = 0;

  constructor(number: number) {
    this.number = number;
  }

  /** Hits that wait. */
  get hits(): number {
    return this.#hits;
  }

  push(posted: Posted): void {
    this.#waiting.push(posted);
    this.#hits += posted.visit.hits.length;
  }

  /** Takes out whole visits up to so many hits, at least one visit if any waits. */
  take(most_hits: number): readonly Posted[] {
    let hits = 0;
    let count = 0;
    for (const { visit } of this.#waiting) {
      if (count > 0 && hits + visit.hits.length > most_hits) break;
      hits += visit.hits.length;
      count++;
    }
    this.#hits -= hits;
    return this.#waiting.splice(0, count);
  }
}
