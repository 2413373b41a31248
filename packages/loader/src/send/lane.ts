import type { Visit } from '../plan/visit.ts';

/** One place for a visit in flight; used again when its visit has ended. */
export interface Lane {
  readonly slot: number;
  index: number;
  site_day: string | undefined;
  visit: Visit | null;
  /** The part of the visit's queries that all its hits share. */
  part: string;
  position: number;
  attempt: number;
  due_ms: number;
  /** When the request that is out left; null while it waits for a connection. */
  sent_ms: number | null;
  /** Time of the hit that was sent last, for Matomo: epoch ms. */
  at_ms: number;
  /** Compressed: simulated start, epoch ms. Realtime: real start, monotonic ms. */
  start_ms: number;
  allAccepted: boolean;
  /**
   * A request is out, or the end of hits is being told: a handler may abort everything by that, and this
   * lane's hits must not end a second time.
   */
  busy: boolean;
  active: boolean;
}

export const freeLane = (slot: number): Lane => ({
  slot,
  index: 0,
  site_day: undefined,
  visit: null,
  part: '',
  position: 0,
  attempt: 0,
  due_ms: 0,
  sent_ms: null,
  at_ms: 0,
  start_ms: 0,
  allAccepted: true,
  busy: false,
  active: false,
});
