import { createHash } from 'node:crypto';
import { type ConversionPlan, planConversions, recordConversions } from './conversions.ts';
import { goalsFiredBy } from './goals.ts';
import type { Hit } from './hit.ts';
import { findLatestVisit, startsNewVisit, VISIT_LENGTH_MS } from './recognise.ts';
import type { Store } from './store.ts';
import type { Action, Visit } from './visit.ts';

/** `ignored`: a ping without an open visit; Matomo says yes and stores nothing. */
export type Recorded = 'recorded' | 'ignored';

/**
 * Records one hit. Its order is Matomo's: the visit is made or changed first and the conversion
 * written last, so a refused duplicate order still leaves its mark on the visit.
 * @throws HitRefused for an unknown goal (nothing recorded) or a duplicate order id.
 */
export function recordHit(store: Store, hit: Hit): Recorded {
  const latest = findLatestVisit(store, hit);
  const isNew = latest === null || startsNewVisit(hit, latest);
  if (hit.is_ping) {
    if (isNew) return 'ignored';
    store.changeVisit(latest, (visit) => {
      identify(visit, hit);
      visit.total_seconds = secondsSinceStart(visit, hit);
    });
    return 'recorded';
  }
  const fired = hit.conversion === null ? goalsFiredBy(hit.site, hit.action, hit.url) : [];
  const plan = planConversions(hit, fired);
  const ref_url = isNew ? null : latest.exit_url;
  const ref_seconds = isNew ? 0 : secondsSinceLastAction(latest, hit);
  const visit = isNew ? openVisit(store, hit, latest, plan) : latest;
  if (!isNew) store.changeVisit(visit, () => extendVisit(visit, hit, plan));
  const action = hit.action === null ? null : actionOf(store.nextId(), hit, ref_url, ref_seconds);
  store.changeVisit(visit, () => {
    if (action !== null) visit.actions.push(action);
    if (action?.kind !== 'page') addPerformance(visit, hit);
  });
  recordConversions(store, hit, visit, plan, action?.id ?? null);
  return 'recorded';
}

const countsAsAction = (hit: Hit): boolean => hit.action !== null && hit.action.kind !== 'content';

const secondsSinceStart = (visit: Visit, hit: Hit): number =>
  Math.max(0, 1 + (hit.time_ms - visit.first_action_ms) / 1000);

function secondsSinceLastAction(visit: Visit, hit: Hit): number {
  const gap_ms = hit.time_ms - visit.last_action_ms;
  return gap_ms < 0 ? 0 : Math.min(gap_ms, VISIT_LENGTH_MS) / 1000;
}

function openVisit(store: Store, hit: Hit, before: Visit | null, plan: ConversionPlan): Visit {
  const orders = hit.conversion?.kind === 'order';
  const hasOrdered = orders || before?.has_ordered === true;
  const id = store.nextId();
  const isPage = hit.action?.kind === 'page';
  const visit: Visit = {
    id,
    site_id: hit.site.id,
    fingerprint: hit.fingerprint,
    ip: hit.ip,
    user_agent: hit.user_agent,
    language: hit.language,
    // A visit that starts with an order is a returning customer's even if nobody was here before.
    returning: hasOrdered ? 'returningCustomer' : before === null ? 'new' : 'returning',
    visit_count: (before?.visit_count ?? 0) + 1,
    first_action_ms: hit.time_ms,
    visitor_first_ms: before?.visitor_first_ms ?? hit.time_ms,
    visitor_id: visitorOf(hit, before, id),
    user_id: hit.user_id,
    last_action_ms: hit.time_ms,
    // The conversion's extra seconds are not added for a visitor Matomo does not know yet.
    total_seconds: before === null ? 0 : plan.extra_seconds,
    action_count: countsAsAction(hit) ? 1 : 0,
    has_ordered: hasOrdered,
    converted: plan.converts,
    referrer: hit.referrer,
    entry_url: isPage ? (hit.action?.url ?? null) : null,
    exit_url: isPage ? (hit.action?.url ?? null) : null,
    location: { ...hit.location, country: hit.location.country || hit.guessed_country },
    dimensions: visitDimensions(hit),
    actions: [],
    conversions: [],
  };
  store.addVisit(visit);
  return visit;
}

/** A visit matched by fingerprint lends its visitor id, whatever `_id` says. */
function visitorOf(hit: Hit, before: Visit | null, visitId: number): string {
  if (hit.user_id !== null || hit.visitor_is_forced) return hit.visitor_id ?? '';
  if (before !== null) return before.visitor_id;
  const unnamed = () => createHash('sha1').update(`visit ${visitId}`).digest('hex').slice(0, 16);
  return hit.visitor_id ?? unnamed();
}

function extendVisit(visit: Visit, hit: Hit, plan: ConversionPlan): void {
  identify(visit, hit);
  visit.total_seconds = secondsSinceStart(visit, hit) + plan.extra_seconds;
  visit.last_action_ms = Math.max(visit.last_action_ms, hit.time_ms);
  if (countsAsAction(hit)) visit.action_count += 1;
  if (plan.converts) visit.converted = true;
  if (hit.conversion?.kind === 'order') visit.has_ordered = true;
  if (hit.action?.kind === 'page') {
    visit.entry_url ??= hit.action.url;
    visit.exit_url = hit.action.url;
  }
  if (hit.action?.kind === 'search') visit.exit_url = null;
  if (visit.referrer.type === 'direct' && hit.referrer.type !== 'direct') {
    visit.referrer = hit.referrer;
  }
  visit.location = { ...visit.location, ...given(hit.location) };
  visit.dimensions = new Map([...visit.dimensions, ...visitDimensions(hit)]);
}

/**
 * A user who logs in during a visit. Measured: with `cid` the visit's visitor becomes the user's
 * hash, with `_id` alone it keeps its id.
 */
function identify(visit: Visit, hit: Hit): void {
  if (hit.user_id !== null) visit.user_id = hit.user_id;
  if (hit.visitor_is_forced && hit.visitor_id !== null) visit.visitor_id = hit.visitor_id;
}

function given(location: Hit['location']): Partial<Hit['location']> {
  return Object.fromEntries(Object.entries(location).filter(([, value]) => value !== ''));
}

function dimensionsOf(hit: Hit, scope: 'visit' | 'action'): ReadonlyMap<number, string> {
  const configured = hit.site.custom_dimensions.filter((dimension) => dimension.scope === scope);
  const ids = new Set(configured.map((dimension) => dimension.idcustomdimension));
  return new Map([...hit.dimensions].filter(([id]) => ids.has(id)));
}

const visitDimensions = (hit: Hit) => dimensionsOf(hit, 'visit');

function actionOf(id: number, hit: Hit, ref_url: string | null, ref_seconds: number): Action {
  return {
    ...hit.action!,
    id,
    time_ms: hit.time_ms,
    ref_url,
    ref_seconds,
    page_view_id: hit.page_view_id,
    dimensions: dimensionsOf(hit, 'action'),
    performance: hit.action?.kind === 'page' ? hit.performance : {},
  };
}

/** Timings that come after their page view find it by `pv_id`. */
function addPerformance(visit: Visit, hit: Hit): void {
  if (hit.page_view_id === '' || Object.keys(hit.performance).length === 0) return;
  const at = visit.actions.findLastIndex(
    (action) => action.kind === 'page' && action.page_view_id === hit.page_view_id,
  );
  const page = visit.actions[at];
  if (page === undefined) return;
  visit.actions[at] = { ...page, performance: { ...page.performance, ...hit.performance } };
}
