import type { Visit } from '../engine/visit.ts';
import { type Call, type Method, required, siteOf } from './call.ts';
import { visitDetails } from './live-visit.ts';
import { distinct, total } from './numbers.ts';
import { spansOf } from './period.ts';
import { segmentTest } from './segment.ts';

const DEFAULT_VISITS = 10;

/** The visits of a call, newest first. */
function visitsOf(call: Call): Visit[] {
  const site = siteOf(call);
  const { date, segment } = call.parameters;
  const spans = date === undefined || date === '' ? null : spansOf(call, site.timezone).spans;
  const from_ms = spans?.at(0)?.from_ms ?? Number.NEGATIVE_INFINITY;
  const to_ms = spans?.at(-1)?.to_ms ?? Number.POSITIVE_INFINITY;
  const matches = segmentTest(segment);
  return candidates(call, site.id)
    .filter((visit) => visit.last_action_ms >= from_ms && visit.last_action_ms < to_ms)
    .filter(matches)
    .sort((one, other) => other.last_action_ms - one.last_action_ms || other.id - one.id);
}

/** One visitor's visits are looked up: asking for each visitor of a run must not read all visits. */
function candidates(call: Call, siteId: number): readonly Visit[] {
  const { store } = call.source;
  const id = /^visitorId==([0-9a-f]{16})$/.exec(call.parameters.segment ?? '')?.[1];
  if (id === undefined) return store.visits(siteId);
  return store.timelineOfVisitor(siteId, id)?.list() ?? [];
}

const wholeOr = (text: string | undefined, fallback: number): number =>
  text !== undefined && /^-?\d+$/.test(text) ? Number(text) : fallback;

export const live: Readonly<Record<string, Method>> = {
  'Live.getLastVisitsDetails': (call) => {
    const site = siteOf(call);
    const limit = wholeOr(call.parameters.filter_limit, DEFAULT_VISITS);
    const offset = wholeOr(call.parameters.filter_offset, 0);
    const withActions = call.parameters.doNotFetchActions !== '1';
    const visits = visitsOf(call).slice(offset, limit < 0 ? undefined : offset + limit);
    return visits.map((visit) => visitDetails(visit, site, withActions));
  },
  'Live.getCounters': (call) => {
    const site = siteOf(call);
    const minutes = Number(required(call, 'lastMinutes'));
    const since_ms = call.source.now() - minutes * 60_000;
    const matches = segmentTest(call.parameters.segment);
    const all = call.source.store.visits(site.id).filter(matches);
    const visits = all.filter((visit) => visit.last_action_ms >= since_ms);
    const recent = (visit: Visit) => visit.actions.filter(({ time_ms }) => time_ms >= since_ms);
    const converted = visits.filter((visit) =>
      visit.conversions.some(({ kind, time_ms }) => kind !== 'cart' && time_ms >= since_ms),
    );
    return [
      {
        visits: visits.length,
        actions: total(visits, (visit) => recent(visit).length),
        visitors: distinct(visits, (visit) => visit.visitor_id),
        visitsConverted: converted.length,
      },
    ];
  },
};
