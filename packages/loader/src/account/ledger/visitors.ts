import type { LedgerHit } from './hit.ts';
import type { SiteDay } from './site-days.ts';
import { isInSight, type OpenVisit, visitGap_seconds } from './visit.ts';

/** One `idvisitor` of Matomo's: a device, or a user, whose id takes the place of the device's. */
export interface Visitor {
  readonly is_user: boolean;
  /** The latest visit; null when a user took it over. */
  visit: OpenVisit | null;
  /** All visits so far. */
  visits: number;
  /** Visits on the day of the latest. */
  visits_on_day: number;
  day: SiteDay | null;
}

/** The visitors that may come back. */
export class Visitors {
  readonly #devices = new Map<string, Visitor>();
  readonly #users = new Map<string, Visitor>();

  /**
   * Whom Matomo takes a hit to be of: the user, or else the device. A user it has never seen is looked for
   * by the device's fingerprint, and may so be found in that device's anonymous visit of the last half
   * hour; a fingerprint lasts for one day of the site. Null: a visitor never seen.
   */
  find(hit: LedgerHit, day: SiteDay): Visitor | null {
    const device = this.#devices.get(hit.visitor);
    if (hit.user_id === null) return seen(device, hit);
    const user = this.#users.get(hit.user_id);
    if (user !== undefined) return seen(user, hit);
    const found = seen(device, hit);
    if (found === null || found.visit === null || found.visit.day !== day) return null;
    return found.visit.last_seconds >= hit.at_seconds - visitGap_seconds ? found : null;
  }

  /** A visitor made a visit that nothing more is known of. */
  knew(device: string, user_id: string | null): void {
    const visitor = this.#known(device, user_id);
    if (visitor.visits === 0) visitor.visits = 1;
  }

  /** The visitor that a new visit of a hit belongs to. */
  ownerOf({ visitor, user_id }: LedgerHit): Visitor {
    return this.#known(visitor, user_id);
  }

  #known(device: string, user_id: string | null): Visitor {
    const [visitors, id] = user_id === null ? [this.#devices, device] : [this.#users, user_id];
    let visitor = visitors.get(id);
    if (visitor === undefined) {
      visitor = {
        is_user: user_id !== null,
        visit: null,
        visits: 0,
        visits_on_day: 0,
        day: null,
      };
      visitors.set(id, visitor);
    }
    return visitor;
  }

  forget(device: string, user: string | null): void {
    this.#devices.delete(device);
    if (user !== null) this.#users.delete(user);
  }
}

function seen(visitor: Visitor | undefined, hit: LedgerHit): Visitor | null {
  if (visitor === undefined || visitor.visits === 0) return null;
  const { visit } = visitor;
  return visit === null || isInSight(visit, hit.at_seconds) ? visitor : null;
}

/** A visit is a visitor's: it makes the visitor, and the user, one of the day's. */
export function addVisit(visitor: Visitor, visit: OpenVisit): void {
  const { day } = visit;
  if (visitor.day !== day) {
    visitor.day = day;
    visitor.visits_on_day = 0;
  }
  if (visitor.visits_on_day === 0) {
    day.metrics.unique_visitors++;
    if (visitor.is_user) day.metrics.users++;
  }
  visitor.visits_on_day++;
  visitor.visits++;
  visitor.visit = visit;
}

/** A visitor logs in: the running visit becomes the user's (observed). */
export function handOver(visit: OpenVisit, from: Visitor, to: Visitor): void {
  from.visit = null;
  from.visits--;
  from.visits_on_day--;
  if (from.visits_on_day === 0) visit.day.metrics.unique_visitors--;
  addVisit(to, visit);
}
