import { z } from 'zod';
import type { Hit, Visit } from '../plan/visit.ts';
import type { Reporting } from './reporting.ts';

/** Matomo gives some numbers as text. */
const numeric = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);

const loggedVisits = z.array(
  z.object({
    visitorId: z.string(),
    firstActionTimestamp: numeric,
    lastActionTimestamp: numeric,
    actions: numeric,
  }),
);

/** Hits that Matomo counts as actions of a visit. */
const countsAsAction = (hit: Hit): boolean => hit.kind !== 'order' && hit.kind !== 'ping';

/** What to look for: the visitor's last hit of the batch that leaves a trace, and when it happened. */
export interface Trace {
  readonly visitor_id: string;
  /** Site's calendar day, YYYY-MM-DD. */
  readonly day: string;
  readonly at_seconds: number;
  /** Actions that the visit has if the hit is recorded. */
  readonly actions: number;
}

/**
 * The trace that the hits of a visit up to and including position `upTo` leave in the visitor log; a
 * ping leaves none, so the hit before it is looked for.
 */
export function traceOf(visit: Visit, upTo: number, start_ms: number, day: string): Trace {
  let actions = 0;
  let at_ms = start_ms;
  for (const hit of visit.hits.slice(0, upTo + 1)) {
    if (countsAsAction(hit)) actions++;
    if (hit.kind !== 'ping') at_ms = start_ms + hit.offset_ms;
  }
  return { visitor_id: visit.visitor.id, day, at_seconds: Math.floor(at_ms / 1000), actions };
}

/**
 * Asks Matomo's visitor log whether a hit was recorded. For a bulk request one hit answers for all:
 * Matomo records it in one transaction. Throws a ReportingError when Matomo does not say.
 */
export async function isRecorded(
  reporting: Reporting,
  site_id: number,
  trace: Trace,
): Promise<boolean> {
  const answer = await reporting.ask({
    method: 'Live.getLastVisitsDetails',
    idSite: String(site_id),
    period: 'day',
    date: trace.day,
    segment: `visitorId==${trace.visitor_id}`,
    filter_limit: '20',
    doNotFetchActions: '1',
  });
  return loggedVisits
    .parse(answer)
    .some(
      (visit) =>
        visit.visitorId === trace.visitor_id &&
        visit.firstActionTimestamp <= trace.at_seconds &&
        visit.lastActionTimestamp >= trace.at_seconds &&
        visit.actions >= trace.actions,
    );
}
