import type { Visit } from './visit.ts';

/**
 * Visits of one visitor (or one fingerprint) in the order of their last action, so that "the
 * newest visit up to a moment" is found without reading them all: a visitor with thousands of
 * visits must stay cheap.
 */
export class Timeline {
  readonly #visits: Visit[] = [];

  add(visit: Visit): void {
    this.#visits.splice(this.#countUpTo(visit.last_action_ms), 0, visit);
  }

  remove(visit: Visit): void {
    const index = this.#visits.lastIndexOf(visit);
    if (index >= 0) this.#visits.splice(index, 1);
  }

  /** To be called when the visit's last action has moved later. */
  moved(visit: Visit): void {
    let index = this.#visits.lastIndexOf(visit);
    for (; index >= 0 && index < this.#visits.length - 1; index++) {
      const next = this.#visits[index + 1]!;
      if (next.last_action_ms > visit.last_action_ms) break;
      this.#visits[index] = next;
      this.#visits[index + 1] = visit;
    }
  }

  /** The visit whose last action is the latest at or before `limit_ms` and that `accepts` takes. */
  newestUpTo(limit_ms: number, accepts: (visit: Visit) => boolean = () => true): Visit | null {
    for (let index = this.#countUpTo(limit_ms) - 1; index >= 0; index--) {
      const visit = this.#visits[index]!;
      if (accepts(visit)) return visit;
    }
    return null;
  }

  list(): readonly Visit[] {
    return this.#visits;
  }

  get size(): number {
    return this.#visits.length;
  }

  /** How many visits had their last action at or before a moment. */
  #countUpTo(limit_ms: number): number {
    const newest = this.#visits.at(-1);
    if (newest === undefined || newest.last_action_ms <= limit_ms) return this.#visits.length;
    let low = 0;
    let high = this.#visits.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#visits[middle]!.last_action_ms <= limit_ms) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
