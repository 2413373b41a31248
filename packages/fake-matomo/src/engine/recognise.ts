import { siteDay } from '../sites/site-day.ts';
import type { Hit } from './hit.ts';
import type { Store } from './store.ts';
import type { Visit } from './visit.ts';

/** A visit ends when its last action is this long ago: a gap of exactly 1,800 s is a new visit. */
export const VISIT_LENGTH_MS = 1_800_000;
const ACTIONS_OF_A_VISIT = 10_000;

/**
 * The visitor's newest visit that a hit may belong to, as Matomo looks it up: `cid` by id alone;
 * `uid` and `_id` by id and then by fingerprint; no id by fingerprint. The id reaches back without
 * limit and 30 minutes ahead of the hit; the fingerprint 30 minutes both ways.
 */
export function findLatestVisit(store: Store, hit: Hit): Visit | null {
  const ahead_ms = hit.time_ms + VISIT_LENGTH_MS;
  if (hit.visitor_id !== null) {
    const timeline = store.timelineOfVisitor(hit.site.id, hit.visitor_id);
    const byId = timeline?.newestUpTo(ahead_ms) ?? null;
    const idAlone = hit.visitor_is_forced && hit.user_id === null;
    if (byId !== null || idAlone) return byId;
  }
  // Two user ids on one computer stay two visitors, but a visit without a user may log in.
  const sameUser = (visit: Visit): boolean =>
    hit.user_id === null || visit.user_id === null || visit.user_id === hit.user_id;
  const timeline = store.timelineOfFingerprint(hit.site.id, hit.fingerprint);
  const found = timeline?.newestUpTo(ahead_ms, sameUser) ?? null;
  return found !== null && found.last_action_ms >= hit.time_ms - VISIT_LENGTH_MS ? found : null;
}

/** Whether the hit starts a new visit although its visitor's newest visit is known. */
export function startsNewVisit(hit: Hit, latest: Visit): boolean {
  if (hit.starts_new_visit) return true;
  if (latest.last_action_ms <= hit.time_ms - VISIT_LENGTH_MS) return true;
  if (latest.action_count >= ACTIONS_OF_A_VISIT) return true;
  const zone = hit.site.timezone;
  if (siteDay(latest.last_action_ms, zone) !== siteDay(hit.time_ms, zone)) return true;
  return campaignChanged(hit, latest);
}

/** Another campaign splits a visit, but a direct visit is given the campaign instead. */
function campaignChanged(hit: Hit, latest: Visit): boolean {
  if (hit.referrer.type !== 'campaign' || latest.referrer.type === 'direct') return false;
  return (
    latest.referrer.type !== 'campaign' ||
    latest.referrer.name !== hit.referrer.name ||
    latest.referrer.keyword !== hit.referrer.keyword
  );
}
