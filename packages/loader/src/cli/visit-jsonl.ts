import type { Visit } from '../plan/visit.ts';
import { hitPart, type QueryOptions, visitPart } from '../send/query.ts';

/**
 * A visit as one line of JSON: its hits with the parameters they are sent with. What depends on when the
 * visit starts (h, m, s, cdt) is left out; offsets are from the visit's start.
 */
export function visitJsonLine(visit: Visit, query: QueryOptions): string {
  const { visitor } = visit;
  const shared = visitPart(visitor, query);
  const record = {
    visit: visit.index,
    visitor_id: visitor.id,
    ...(visitor.user_id !== null && { user_id: visitor.user_id }),
    ...(visitor.came_before && { returning: true }),
    ...(visit.site_day && { site_day: visit.site_day }),
    duration_ms: visit.duration_ms,
    device: visitor.device.kind,
    country: visitor.place.country,
    timezone: visitor.zone,
    ...(visit.funnel && { funnel: visit.funnel.name }),
    ...(visit.journey !== undefined && { journey: visit.journey }),
    ...(visit.faults && { plugin_errors: visit.faults }),
    ...(visit.negative && { negative: visit.negative }),
    hits: visit.hits.map((hit) => ({
      kind: hit.kind,
      offset_ms: hit.offset_ms,
      pause_ms: hit.pause_ms,
      ...(visit.funnel?.steps.includes(hit) && { step: visit.funnel.steps.indexOf(hit) + 1 }),
      params: Object.fromEntries(new URLSearchParams(shared + hitPart(hit, query))),
    })),
  };
  return `${JSON.stringify(record)}\n`;
}
