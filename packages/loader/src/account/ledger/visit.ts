import type { Channel } from './arrival.ts';
import type { LedgerCart, LedgerHit } from './hit.ts';
import type { SiteDay } from './site-days.ts';

/** A visit of Matomo's that the visitor's next hit may join. */
export interface OpenVisit {
  /** Of all its actions: a visit never crosses midnight. */
  readonly day: SiteDay;
  readonly first_seconds: number;
  last_seconds: number;
  length_seconds: number;
  actions: number;
  readonly returning: boolean;
  converted: boolean;
  channel: Channel;
  /** Both empty unless the channel is `campaign`. */
  campaign_name: string;
  campaign_keyword: string;
  /** Pages seen. */
  readonly pages: string[];
  /** Goals converted. */
  readonly goals: number[];
  /** The cart as last sent, until an order takes it. */
  cart: LedgerCart | null;
  ordered: boolean;
}

/** Seconds without an action after which a hit begins a new visit: 1,799 do not, 1,800 do (observed). */
export const visitGap_seconds = 1_800;

/** Whether Matomo looks at a visit at all: not when it lies more than the gap in the hit's future. */
export const isInSight = (visit: OpenVisit, at_seconds: number): boolean =>
  visit.last_seconds <= at_seconds + visitGap_seconds;

/** Whether a hit is near enough to join a visit in sight: within the gap, on the same day of the site, not forced apart. */
export function isNear(visit: OpenVisit, hit: LedgerHit, day: SiteDay): boolean {
  return (
    !hit.new_visit && hit.at_seconds - visit.last_seconds < visitGap_seconds && visit.day === day
  );
}
