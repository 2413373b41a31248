import { z } from 'zod';
import type { Hit, HitKind, Visit } from '../plan/visit.ts';
import { wholeNumber } from './api-answer.ts';
import { type Reporting, ReportingError } from './reporting.ts';

const loggedVisits = z.array(
  z.object({
    visitorId: z.string(),
    firstActionTimestamp: wholeNumber,
    lastActionTimestamp: wholeNumber,
    actions: wholeNumber,
  }),
);

/** Hits that Matomo counts as actions of a visit; a ping leaves no trace at all. */
const actions: readonly HitKind[] = ['pageview', 'search', 'outlink', 'download', 'event'];
const countsAsAction = (hit: Hit): boolean => actions.includes(hit.kind);

/** What the visitor log shows if a certain action was recorded. Times are epoch seconds. */
export interface Trace {
  readonly visitor_id: string;
  /** Site's calendar day, YYYY-MM-DD. */
  readonly day: string;
  readonly at_seconds: number;
  /** Times of the visit's actions before it that are recorded for sure. */
  readonly earlier_seconds: readonly number[];
}

/** The hits of a visit whose fate is unknown: those at the positions [from, to). */
export interface Unknown {
  readonly visit: Visit;
  readonly start_ms: number;
  readonly day: string;
  readonly from: number;
  readonly to: number;
  /** Whether an earlier hit of the visit is known not to be recorded. */
  readonly missing: (position: number) => boolean;
}

/** The trace of the first action among these hits; null when there is none, so that nobody could tell. */
export function traceOf({ visit, start_ms, day, from, to, missing }: Unknown): Trace | null {
  const isAction = (position: number) => countsAsAction(visit.hits[position] as Hit);
  const seconds = (position: number) =>
    Math.floor((start_ms + (visit.hits[position] as Hit).offset_ms) / 1000);
  for (let at = from; at < to; at++) {
    if (!isAction(at)) continue;
    const earlier_seconds: number[] = [];
    for (let before = 0; before < from; before++) {
      if (isAction(before) && !missing(before)) earlier_seconds.push(seconds(before));
    }
    return { visitor_id: visit.visitor.id, day, at_seconds: seconds(at), earlier_seconds };
  }
  return null;
}

/**
 * Asks Matomo's visitor log whether an action was recorded: whether the visit at that time has more actions
 * than those that were sent for sure. A planned visit may be several for Matomo, so what lies before the
 * logged visit is left out of the count. Throws a ReportingError when Matomo does not say.
 */
export async function isRecorded(
  reporting: Pick<Reporting, 'ask'>,
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
  const visits = loggedVisits.safeParse(answer).data;
  if (visits === undefined) throw new ReportingError('its answer is no list of visits', true);
  const { at_seconds, earlier_seconds } = trace;
  return visits.some(
    ({ visitorId, firstActionTimestamp: first, lastActionTimestamp: last, actions }) => {
      if (visitorId !== trace.visitor_id || first > at_seconds || last < at_seconds) return false;
      return actions > earlier_seconds.filter((second) => second >= first).length;
    },
  );
}
