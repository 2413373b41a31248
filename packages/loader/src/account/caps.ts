import type { Permit } from '../pace/arrivals.ts';
import { dayOf, nextMidnight } from '../pace/calendar.ts';
import type { LiveState } from './live-state.ts';

/**
 * The daily cap and the cap of the whole run, exact: a visit counts before its first hit leaves, and a
 * visit that waits for a slot holds its place. Days are calendar days of a zone.
 */
export class Caps {
  readonly #state: LiveState;
  readonly #zone: string;
  readonly #perDay: number;
  readonly #inAll: number;
  #visits: number;
  #day = '';
  #dayVisits = 0;
  #from_ms = 0;
  #until_ms = 0;

  /** `perDay`, `inAll`: 0 means no cap. `visits`: begun by this run before. */
  constructor(state: LiveState, zone: string, perDay: number, inAll: number, visits: number) {
    this.#state = state;
    this.#zone = zone;
    this.#perDay = perDay;
    this.#inAll = inAll;
    this.#visits = visits;
  }

  /** Whether one more visit may arrive at `now_ms` (epoch ms) while `waiting` others wait for a slot. */
  permit(now_ms: number, waiting: number): Permit {
    this.#turn(now_ms);
    if (this.#inAll > 0 && this.#visits + waiting >= this.#inAll) {
      return this.#visits >= this.#inAll ? { kind: 'end', reason: 'max_visits' } : { kind: 'hold' };
    }
    if (this.#perDay > 0 && this.#dayVisits + waiting >= this.#perDay) {
      return this.#dayVisits >= this.#perDay
        ? { kind: 'pause', until_ms: this.#until_ms }
        : { kind: 'hold' };
    }
    return { kind: 'go' };
  }

  /** Room left by the caps alone, for a visit that has waited: the day may have turned meanwhile. */
  hasRoom(now_ms: number): boolean {
    this.#turn(now_ms);
    return (
      (this.#inAll === 0 || this.#visits < this.#inAll) &&
      (this.#perDay === 0 || this.#dayVisits < this.#perDay)
    );
  }

  /** Counts a visit, durably. */
  reserve(index: number, now_ms: number, active_ms: number): void {
    this.#turn(now_ms);
    this.#state.reserve(index, this.#day, active_ms);
    this.#visits++;
    this.#dayVisits++;
  }

  /** Today's date and the visits begun on it. */
  today(now_ms: number): { readonly date: string; readonly visits: number } {
    this.#turn(now_ms);
    return { date: this.#day, visits: this.#dayVisits };
  }

  #turn(now_ms: number): void {
    if (now_ms >= this.#from_ms && now_ms < this.#until_ms) return;
    this.#day = dayOf(now_ms, this.#zone);
    this.#from_ms = now_ms;
    this.#until_ms = nextMidnight(now_ms, this.#zone);
    this.#dayVisits = this.#state.visitsOn(this.#day);
  }
}
