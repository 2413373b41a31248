import type { ActionKind, Visit } from '../engine/visit.ts';
import { type Bucket, overSpans } from './bucket.ts';
import type { Method } from './call.ts';
import { distinct, grouped, ratio, share, total } from './numbers.ts';
import { pageLabel } from './page-label.ts';

interface PageRow {
  label: string;
  nb_visits: number;
  nb_uniq_visitors: number;
  nb_hits: number;
  sum_time_spent: number;
  entry_nb_visits?: number;
  entry_nb_uniq_visitors?: number;
  entry_nb_actions?: number;
  entry_sum_visit_length?: number;
  entry_bounce_count?: number;
  exit_nb_visits?: number;
  exit_nb_uniq_visitors?: number;
  avg_time_on_page: number;
  bounce_rate: string | number;
  exit_rate: string | number;
  url: string;
}

function actionCounts(bucket: Bucket) {
  const ofKind = (kind: ActionKind) => bucket.actions.filter(({ action }) => action.kind === kind);
  // A page counts once per visit as a unique page view.
  const unique = (kind: ActionKind) =>
    distinct(ofKind(kind), ({ visit, action }) => `${visit.id} ${action.url}`);
  return {
    nb_pageviews: ofKind('page').length,
    nb_uniq_pageviews: unique('page'),
    nb_downloads: ofKind('download').length,
    nb_uniq_downloads: unique('download'),
    nb_outlinks: ofKind('outlink').length,
    nb_uniq_outlinks: unique('outlink'),
    nb_searches: ofKind('search').length,
    nb_keywords: distinct(ofKind('search'), ({ action }) => action.search?.keyword),
  };
}

/** Pages with hits, most visited first. A row has entry and exit figures only if it has any. */
function pageRows(bucket: Bucket): PageRow[] {
  const pages = bucket.actions.filter(({ action }) => action.kind === 'page');
  const seconds = secondsByPage(bucket);
  const entries = visitsByPage(bucket.visits, (visit) => visit.entry_url);
  const exits = visitsByPage(bucket.visits, (visit) => visit.exit_url);
  const rows: PageRow[] = [];
  for (const [label, hits] of grouped(pages, ({ action }) => pageLabel(action.url ?? ''))) {
    const visits = distinct(hits, ({ visit }) => visit.id);
    const entered = entries.get(label) ?? [];
    const left = exits.get(label) ?? [];
    const bounces = entered.filter((visit) => visit.action_count <= 1).length;
    const spent = seconds.get(label) ?? 0;
    rows.push({
      label,
      nb_visits: visits,
      nb_uniq_visitors: distinct(hits, ({ visit }) => visit.visitor_id),
      nb_hits: hits.length,
      sum_time_spent: spent,
      ...(entered.length === 0 ? {} : entryFigures(entered, bounces)),
      ...(left.length === 0 ? {} : exitFigures(left)),
      avg_time_on_page: Math.round(ratio(spent, hits.length)),
      bounce_rate: share(bounces, entered.length, 0, bucket.formatted),
      exit_rate: share(left.length, visits, 0, bucket.formatted),
      url: hits[0]!.action.url ?? '',
    });
  }
  return rows.sort((one, other) => other.nb_visits - one.nb_visits);
}

const entryFigures = (visits: readonly Visit[], bounces: number) => ({
  entry_nb_uniq_visitors: distinct(visits, (visit) => visit.visitor_id),
  entry_nb_visits: visits.length,
  entry_nb_actions: total(visits, (visit) => visit.action_count),
  entry_sum_visit_length: total(visits, (visit) => visit.total_seconds),
  entry_bounce_count: bounces,
});

const exitFigures = (visits: readonly Visit[]) => ({
  exit_nb_uniq_visitors: distinct(visits, (visit) => visit.visitor_id),
  exit_nb_visits: visits.length,
});

/**
 * Time on a page is what later hits say of it: the gap from the hit before. An event's own gap is
 * left out, so an event in the middle of a page shortens the page's time.
 */
function secondsByPage(bucket: Bucket): Map<string, number> {
  const seconds = new Map<string, number>();
  for (const { action } of bucket.actions) {
    if (action.kind === 'event' || action.ref_url === null) continue;
    const label = pageLabel(action.ref_url);
    seconds.set(label, (seconds.get(label) ?? 0) + action.ref_seconds);
  }
  return seconds;
}

function visitsByPage(visits: readonly Visit[], page: (visit: Visit) => string | null) {
  const withPage = visits.filter((visit) => page(visit) !== null);
  return grouped(withPage, (visit) => pageLabel(page(visit) ?? ''));
}

export const actions: Readonly<Record<string, Method>> = {
  'Actions.get': (call) =>
    overSpans(call, (bucket) =>
      bucket.visits.length === 0 && bucket.actions.length === 0 ? [] : actionCounts(bucket),
    ),
  'Actions.getPageUrls': (call) => overSpans(call, pageRows),
};
