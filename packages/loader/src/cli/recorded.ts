import { request } from 'undici';
import { z } from 'zod';
import type { DayMetrics } from '../account/ledger.ts';

const day_ms = 86_400_000;
const number = z.number().default(0);
const reports = z.tuple([
  z.object({ nb_visits: number, nb_actions: number }),
  z.object({
    nb_pageviews: number,
    nb_searches: number,
    nb_outlinks: number,
    nb_downloads: number,
  }),
  z.object({ nb_conversions: number, revenue: number }),
  z.array(z.object({ nb_events: number })),
]);

/** Asks Matomo's Reporting API what it recorded in the days around `at_ms`, all of them together. */
export async function recordedBy(
  url: string,
  token: string,
  site_id: number,
  at_ms: number,
): Promise<DayMetrics> {
  const total: DayMetrics = {
    visits: 0,
    actions: 0,
    page_views: 0,
    searches: 0,
    outlinks: 0,
    downloads: 0,
    events: 0,
    orders: 0,
    revenue_minor: 0,
  };
  for (const offset of [-1, 0, 1, 2]) {
    const date = new Date(at_ms + offset * day_ms).toISOString().slice(0, 10);
    const [visits, actions, orders, events] = await dayReports(url, token, site_id, date);
    total.visits += visits.nb_visits;
    total.actions += visits.nb_actions;
    total.page_views += actions.nb_pageviews;
    total.searches += actions.nb_searches;
    total.outlinks += actions.nb_outlinks;
    total.downloads += actions.nb_downloads;
    total.orders += orders.nb_conversions;
    total.revenue_minor += Math.round(orders.revenue * 100);
    for (const category of events) total.events += category.nb_events;
  }
  return total;
}

async function dayReports(
  url: string,
  token: string,
  site_id: number,
  date: string,
): Promise<z.infer<typeof reports>> {
  const asked = { idSite: String(site_id), period: 'day', date, format: 'json' };
  const methods = [
    { method: 'VisitsSummary.get' },
    { method: 'Actions.get' },
    { method: 'Goals.get', idGoal: 'ecommerceOrder' },
    { method: 'Events.getCategory', flat: '1', filter_limit: '-1' },
  ];
  const body = new URLSearchParams({
    module: 'API',
    method: 'API.getBulkRequest',
    format: 'json',
    token_auth: token,
  });
  for (const [i, method] of methods.entries()) {
    body.set(`urls[${i}]`, new URLSearchParams({ ...method, ...asked }).toString());
  }
  const answer = await request(`${url}/index.php`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: body.toString(),
  });
  return reports.parse(emptyAsObject(await answer.body.json()));
}

/** Matomo answers `[]` for a day without data where it answers an object for a day with. */
function emptyAsObject(answers: unknown): unknown {
  if (!Array.isArray(answers)) return answers;
  return answers.map((answer, i) => (i < 3 && Array.isArray(answer) ? {} : answer));
}
