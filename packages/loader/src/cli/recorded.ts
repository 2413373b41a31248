import { request } from 'undici';
import { z } from 'zod';
import type { Channel } from '../account/ledger/arrival.ts';
import { addCounts, type DayCounts, noCounts } from '../account/ledger/metrics.ts';
import { apiForm, bulkCall } from '../send/api-form.ts';

const day_ms = 86_400_000;
const number = z.number().default(0);
const minor = number.transform((units) => Math.round(units * 100));

/** Matomo's numbers for the channels; any other, e.g. an assistant's, is in no count here. */
const channelOfType: Readonly<Record<number, Channel>> = {
  1: 'direct',
  2: 'search',
  3: 'website',
  6: 'campaign',
  7: 'social',
};

/** The reports that are asked for, in this order, and how an answer reads. */
const methods = [
  { method: 'VisitsSummary.get' },
  { method: 'VisitFrequency.get' },
  { method: 'Actions.get' },
  { method: 'Goals.get' },
  { method: 'Goals.get', idGoal: 'ecommerceOrder' },
  { method: 'Goals.get', idGoal: 'ecommerceAbandonedCart' },
  { method: 'Events.getCategory' },
  { method: 'Contents.getContentNames' },
  { method: 'Referrers.getReferrerType' },
];
const reports = z.tuple([
  numbers({
    nb_visits: number,
    nb_uniq_visitors: number,
    nb_users: number,
    nb_actions: number,
    max_actions: number,
    bounce_count: number,
    sum_visit_length: number,
    nb_visits_converted: number,
  }),
  numbers({
    nb_visits_new: number,
    nb_visits_returning: number,
    nb_actions_returning: number,
  }),
  numbers({
    nb_pageviews: number,
    nb_uniq_pageviews: number,
    nb_searches: number,
    nb_keywords: number,
    nb_outlinks: number,
    nb_downloads: number,
  }),
  numbers({ nb_conversions: number, revenue: minor }),
  numbers({
    nb_conversions: number,
    nb_visits_converted: number,
    revenue: minor,
    revenue_subtotal: minor,
    revenue_tax: minor,
    revenue_shipping: minor,
    revenue_discount: minor,
    items: number,
  }),
  numbers({ nb_conversions: number, revenue: minor, items: number }),
  z.array(z.object({ nb_events: number })),
  z.array(z.object({ nb_impressions: number, nb_interactions: number })),
  z.array(
    z.object({
      nb_visits: number,
      referrer_type: z.union([z.number(), z.string().transform(Number)]),
    }),
  ),
]);

/** Matomo answers `[]` for a day without data where it answers an object for a day with. */
function numbers<T extends z.ZodRawShape>(shape: T) {
  return z.preprocess((answer) => (Array.isArray(answer) ? {} : answer), z.object(shape));
}

/**
 * Asks Matomo's Reporting API what it recorded in the days around `at_ms`: all of them together, summed
 * as the ledger sums its days. Throws a ZodError when an answer is no report.
 */
export async function recordedBy(
  url: string,
  token: string,
  site_id: number,
  at_ms: number,
): Promise<DayCounts> {
  const total = noCounts();
  for (const offset of [-1, 0, 1, 2]) {
    const date = new Date(at_ms + offset * day_ms).toISOString().slice(0, 10);
    addCounts(total, await recordedOn(url, token, site_id, date));
  }
  return total;
}

async function recordedOn(
  url: string,
  token: string,
  site_id: number,
  date: string,
): Promise<DayCounts> {
  const [visits, frequency, actions, all, orders, carts, events, contents, types] =
    await dayReports(url, token, site_id, date);
  const sum = <T>(rows: readonly T[], of: (row: T) => number) =>
    rows.reduce((total, row) => total + of(row), 0);
  const visitsOf = (channel: Channel) =>
    sum(types, (row) => (channelOfType[row.referrer_type] === channel ? row.nb_visits : 0));
  return {
    visits: visits.nb_visits,
    unique_visitors: visits.nb_uniq_visitors,
    users: visits.nb_users,
    new_visits: frequency.nb_visits_new,
    returning_visits: frequency.nb_visits_returning,
    actions: visits.nb_actions,
    returning_actions: frequency.nb_actions_returning,
    max_actions: visits.max_actions,
    bounces: visits.bounce_count,
    sum_visit_length_seconds: visits.sum_visit_length,
    converted_visits: visits.nb_visits_converted,
    direct_visits: visitsOf('direct'),
    search_visits: visitsOf('search'),
    social_visits: visitsOf('social'),
    website_visits: visitsOf('website'),
    campaign_visits: visitsOf('campaign'),
    page_views: actions.nb_pageviews,
    unique_page_views: actions.nb_uniq_pageviews,
    searches: actions.nb_searches,
    keywords: actions.nb_keywords,
    outlinks: actions.nb_outlinks,
    downloads: actions.nb_downloads,
    events: sum(events, (row) => row.nb_events),
    content_impressions: sum(contents, (row) => row.nb_impressions),
    content_interactions: sum(contents, (row) => row.nb_interactions),
    orders: orders.nb_conversions,
    order_visits: orders.nb_visits_converted,
    order_revenue_minor: orders.revenue,
    order_subtotal_minor: orders.revenue_subtotal,
    order_tax_minor: orders.revenue_tax,
    order_shipping_minor: orders.revenue_shipping,
    order_discount_minor: orders.revenue_discount,
    order_items: orders.items,
    carts: carts.nb_conversions,
    cart_revenue_minor: carts.revenue,
    cart_items: carts.items,
    conversions: all.nb_conversions,
    conversion_revenue_minor: all.revenue,
  };
}

async function dayReports(
  url: string,
  token: string,
  site_id: number,
  date: string,
): Promise<z.infer<typeof reports>> {
  const asked = { idSite: String(site_id), period: 'day', date, format: 'json' };
  const queries = methods.map((method) =>
    new URLSearchParams({ ...method, ...asked, filter_limit: '-1' }).toString(),
  );
  const answer = await request(`${url}/index.php`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: apiForm(bulkCall(queries), token),
  });
  return reports.parse(await answer.body.json());
}
