import type { Visit } from '../plan/visit.ts';
import { hitPart, type QueryOptions, visitPart } from '../send/query.ts';
import { describeDetail } from './hit-text.ts';

const columns = [
  'visit',
  'hit',
  'visitor_id',
  'arrives_ms',
  'offset_ms',
  'pause_ms',
  'kind',
  'channel',
  'campaign',
  'funnel',
  'step',
  'journey',
  'negative',
  'device',
  'country',
  'page',
  'title',
  'referrer',
  'detail',
  'query',
] as const;

/** The first row. */
export const csvHead = rowOf(columns);

/**
 * A visit as rows of CSV (RFC 4180), one a hit. Visits and hits count from 0, steps of funnels from 1; what
 * a hit does not have is empty. `arrives_ms`: when the visit is due, from the start of the run.
 */
export function visitCsvRows(visit: Visit, arrives_ms: number, query: QueryOptions): string {
  const { visitor, funnel } = visit;
  const shared = visitPart(visitor, query);
  const rows = visit.hits.map((hit, number) => {
    const step = funnel?.steps.indexOf(hit) ?? -1;
    const values: Record<(typeof columns)[number], string | number | null | undefined> = {
      visit: visit.index,
      hit: number,
      visitor_id: visitor.id,
      arrives_ms: Math.round(arrives_ms),
      offset_ms: hit.offset_ms,
      pause_ms: hit.pause_ms,
      kind: hit.kind,
      channel: visit.channel,
      campaign: visit.campaign,
      funnel: funnel?.name,
      step: step < 0 ? null : step + 1,
      journey: visit.journey,
      negative: visit.negative,
      device: visitor.device.kind,
      country: visitor.place.country,
      page: hit.page.url.raw,
      title: hit.page.title.raw,
      referrer: hit.referrer?.raw,
      detail: describeDetail(hit),
      query: shared + hitPart(hit, query),
    };
    return rowOf(columns.map((name) => values[name] ?? ''));
  });
  return rows.join('');
}

function rowOf(values: readonly (string | number)[]): string {
  return `${values.map((value) => field(String(value))).join(',')}\r\n`;
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
