import type { Permit } from '../pace/arrivals.ts';
import type { Caps } from './caps.ts';

/** An intake that asks this gate. */
export interface GateMember {
  /** Visits that wait for a slot: they hold their place under the caps. */
  readonly waiting: number;
  /** The caps may answer otherwise now. */
  askAgain(): void;
}

/** How many visits back a mirrored visit is remembered as counted. */
const remembered = 100_000;

/**
 * The caps of a run, asked by all its targets. In a mirror every target begins the same visit, which
 * counts once.
 */
export class CapGate {
  readonly caps: Caps;
  readonly #mirrored: boolean;
  readonly #members: GateMember[] = [];
  readonly #counted = new Set<number>();

  constructor(caps: Caps, mirrored = false) {
    this.caps = caps;
    this.#mirrored = mirrored;
  }

  join(member: GateMember): void {
    this.#members.push(member);
  }

  /** Whether visit `index` may arrive at `now_ms` (epoch ms). */
  permit(index: number, now_ms: number): Permit {
    if (this.#counted.has(index)) return { kind: 'go' };
    return this.caps.permit(now_ms, this.#waiting());
  }

  /** Room for a visit that has waited: the day may have turned meanwhile. */
  hasRoom(index: number, now_ms: number): boolean {
    return this.#counted.has(index) || this.caps.hasRoom(now_ms);
  }

  /** Counts a visit, durably; one that another target has begun is counted already. */
  reserve(index: number, now_ms: number, active_ms: number): void {
    if (this.#counted.has(index)) return;
    this.caps.reserve(index, now_ms, active_ms);
    if (!this.#mirrored) return;
    this.#counted.add(index);
    if (this.#counted.size > remembered) {
      for (const oldest of this.#counted) {
        this.#counted.delete(oldest);
        break;
      }
    }
  }

  /** A visit that held a place has begun or was dropped: everybody asks again. */
  changed(): void {
    for (const member of this.#members) member.askAgain();
  }

  #waiting(): number {
    const waiting = this.#members.map((member) => member.waiting);
    if (this.#mirrored) return Math.max(0, ...waiting);
    return waiting.reduce((a, b) => a + b, 0);
  }
}
