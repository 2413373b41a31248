import type { NegativeKind } from '@trafficinator/contract';
import type { DeliveredVisit, DeliveredVisits } from './delivered-visit.ts';
import type { LoggedVisit, VisitorLog } from './visitor-log.ts';

/** A visit of which the log has another number of visits or actions. */
export interface Deviation {
  readonly delivered: DeliveredVisit;
  readonly logged_visits: number;
  readonly logged_actions: number;
}

/** The delivered visits of a day, looked for in the visitor log. */
export interface Census {
  /** How many delivered visitors were looked for: all, or a sample of a busy day. */
  readonly looked_for: number;
  readonly delivered: number;
  /** Not in the log at all. */
  readonly missing: readonly DeliveredVisit[];
  /** In the log with another number of visits. */
  readonly split: readonly Deviation[];
  /** In the log with more, or with fewer actions, and as many visits as planned. */
  readonly more: readonly Deviation[];
  readonly fewer: readonly Deviation[];
  /** Visits of visitors that were not delivered that day; null when only a sample was looked for. */
  readonly strangers: number | null;
  /** Visits in the log that Matomo was to leave out, by kind; of a busy day those of a sample. */
  readonly negative: ReadonlyMap<NegativeKind, number>;
}

/** A day with more visits is not listed as a whole. */
const mostListed = 20_000;
const sampled = 50;

/** Looks for the delivered visits of a day in the visitor log. Throws a ReportingError. */
export async function takeCensus(
  log: VisitorLog,
  date: string,
  { by_visitor, total, is_sample, negative }: DeliveredVisits,
): Promise<Census> {
  const isListed = !is_sample && total <= mostListed;
  const all = isListed ? await log.ofDay(date, mostListed) : null;
  if (all !== null) return censusOf([...by_visitor.values()], negative, total, all, true);
  const visits = sampleOf([...by_visitor.values()], sampled);
  const some = await log.ofVisitors(date, [
    ...visits.map(({ visitor_id }) => visitor_id),
    ...sampleOf([...negative.keys()], sampled),
  ]);
  return censusOf(visits, negative, total, some, false);
}

/** So many at most, evenly spread. */
export function sampleOf<T>(all: readonly T[], most: number): T[] {
  if (all.length <= most) return [...all];
  return Array.from({ length: most }, (_, n) => all[Math.floor((n * all.length) / most)] as T);
}

function censusOf(
  visits: readonly DeliveredVisit[],
  leftOut: DeliveredVisits['negative'],
  delivered: number,
  log: readonly LoggedVisit[],
  isWhole: boolean,
): Census {
  const byVisitor = Map.groupBy(log, ({ visitor_id }) => visitor_id);
  const missing: DeliveredVisit[] = [];
  const split: Deviation[] = [];
  const more: Deviation[] = [];
  const fewer: Deviation[] = [];
  let known = 0;
  for (const visit of visits) {
    const its = byVisitor.get(visit.visitor_id) ?? [];
    known += its.length;
    const logged_actions = its.reduce((sum, { actions }) => sum + actions, 0);
    const found = { delivered: visit, logged_visits: its.length, logged_actions };
    if (its.length === 0) missing.push(visit);
    else if (its.length !== visit.visits) split.push(found);
    else if (logged_actions > visit.actions) more.push(found);
    else if (logged_actions < visit.actions) fewer.push(found);
  }
  const negative = new Map<NegativeKind, number>();
  for (const { visitor_id } of log) {
    const kind = leftOut.get(visitor_id);
    if (kind === undefined) continue;
    negative.set(kind, (negative.get(kind) ?? 0) + 1);
    known++;
  }
  const strangers = isWhole ? log.length - known : null;
  return { looked_for: visits.length, delivered, missing, split, more, fewer, strangers, negative };
}
