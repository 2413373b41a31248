import type { DayMetrics } from '../account/ledger/metrics.ts';
import type { Sent } from './scripted-transport.ts';

/** The numbers that are recounted. */
type Recount = Pick<
  DayMetrics,
  | 'visits'
  | 'actions'
  | 'page_views'
  | 'searches'
  | 'outlinks'
  | 'downloads'
  | 'events'
  | 'orders'
  | 'order_revenue_minor'
>;

/**
 * What Matomo would report of accepted hits, read from the queries alone: one visitor's hits follow one
 * another in the list. `zone` is the site's.
 */
export function recountDays(accepted: readonly Sent[], zone: string): Map<string, Recount> {
  const dates = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
  const days = new Map<string, Recount>();
  const latest = new Map<string, { day: string; at_ms: number }>();
  for (const { query, visitor } of accepted) {
    const has = new URLSearchParams(query);
    const at_ms = Date.parse(`${has.get('cdt')?.replace(' ', 'T')}Z`);
    const day = dates.format(at_ms);
    const before = latest.get(visitor);
    if (has.get('ping') === '1') continue;
    const metrics = days.get(day) ?? none();
    days.set(day, metrics);
    if (before === undefined || before.day !== day || at_ms - before.at_ms >= 1_800_000) {
      metrics.visits++;
    }
    latest.set(visitor, { day, at_ms });
    if (has.has('ec_id')) {
      metrics.orders++;
      metrics.order_revenue_minor += Math.round(Number(has.get('revenue')) * 100);
      continue;
    }
    metrics.actions++;
    if (has.has('search')) metrics.searches++;
    else if (has.has('link')) metrics.outlinks++;
    else if (has.has('download')) metrics.downloads++;
    else if (has.has('e_c')) metrics.events++;
    else metrics.page_views++;
  }
  return new Map([...days].sort(([a], [b]) => a.localeCompare(b)));
}

const none = (): Recount => ({
  visits: 0,
  actions: 0,
  page_views: 0,
  searches: 0,
  outlinks: 0,
  downloads: 0,
  events: 0,
  orders: 0,
  order_revenue_minor: 0,
});
