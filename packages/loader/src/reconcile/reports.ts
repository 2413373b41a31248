import type { DayCounts } from '../account/ledger/metrics.ts';
import { goalFigure } from './figures.ts';
import { type Metric, metricOf } from './metric.ts';

type Row = Readonly<Record<string, unknown>>;

/** A column of a report's rows that is a metric: the sum over the rows that count. */
interface Column {
  readonly metric: Metric;
  readonly column: string;
  readonly counts: (row: Row) => boolean;
}

/** A method of the Reporting API with the metrics that it tells. */
export interface Report {
  readonly method: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Method and parameters for people. */
  readonly title: string;
  readonly columns: readonly Column[];
}

const every = (): boolean => true;

function report(
  method: string,
  columns: Readonly<Record<string, string>>,
  parameters: Readonly<Record<string, string>> = {},
): Report {
  const title = [method, ...Object.entries(parameters).map(([k, v]) => `${k}=${v}`)].join(' ');
  return {
    method,
    parameters,
    title,
    columns: Object.entries(columns).map(([name, column]) => ({
      metric: metricOf(name, title),
      column,
      counts: every,
    })),
  };
}

/** The reports that every site has; the compiler keeps the names those of the ledger. */
const usual: readonly Report[] = [
  ledgerReport('VisitsSummary.get', {
    visits: 'nb_visits',
    unique_visitors: 'nb_uniq_visitors',
    users: 'nb_users',
    actions: 'nb_actions',
    max_actions: 'max_actions',
    bounces: 'bounce_count',
    sum_visit_length_seconds: 'sum_visit_length',
    converted_visits: 'nb_visits_converted',
  }),
  ledgerReport('VisitFrequency.get', {
    new_visits: 'nb_visits_new',
    returning_visits: 'nb_visits_returning',
    returning_actions: 'nb_actions_returning',
  }),
  ledgerReport('Actions.get', {
    page_views: 'nb_pageviews',
    unique_page_views: 'nb_uniq_pageviews',
    searches: 'nb_searches',
    keywords: 'nb_keywords',
    outlinks: 'nb_outlinks',
    downloads: 'nb_downloads',
  }),
  ledgerReport('Events.getCategory', { events: 'nb_events' }),
  ledgerReport('Contents.getContentNames', {
    content_impressions: 'nb_impressions',
    content_interactions: 'nb_interactions',
  }),
  channels(),
  ledgerReport(
    'Goals.get',
    {
      orders: 'nb_conversions',
      order_visits: 'nb_visits_converted',
      order_revenue_minor: 'revenue',
      order_subtotal_minor: 'revenue_subtotal',
      order_tax_minor: 'revenue_tax',
      order_shipping_minor: 'revenue_shipping',
      order_discount_minor: 'revenue_discount',
      order_items: 'items',
    },
    { idGoal: 'ecommerceOrder' },
  ),
  ledgerReport(
    'Goals.get',
    { carts: 'nb_conversions', cart_revenue_minor: 'revenue', cart_items: 'items' },
    { idGoal: 'ecommerceAbandonedCart' },
  ),
  ledgerReport('Goals.get', {
    conversions: 'nb_conversions',
    conversion_revenue_minor: 'revenue',
  }),
];

function ledgerReport(
  method: string,
  columns: Partial<Record<keyof DayCounts, string>>,
  parameters: Readonly<Record<string, string>> = {},
): Report {
  return report(method, columns, parameters);
}

/** Matomo's numbers of the referrer types; any other, e.g. an assistant's, is in no metric. */
function channels(): Report {
  const types = {
    direct_visits: 1,
    search_visits: 2,
    website_visits: 3,
    campaign_visits: 6,
    social_visits: 7,
  } as const satisfies Partial<Record<keyof DayCounts, number>>;
  const plain = report('Referrers.getReferrerType', {});
  return {
    ...plain,
    columns: Object.entries(types).map(([name, type]) => ({
      metric: metricOf(name, plain.title),
      column: 'nb_visits',
      counts: (row) => Number(row.referrer_type) === type,
    })),
  };
}

/** All reports to ask for: the usual ones and one for each goal of the site. */
export function reportsFor(goals: readonly number[]): Report[] {
  return [
    ...usual,
    ...goals.map((id) =>
      report(
        'Goals.get',
        {
          [goalFigure.conversions(id)]: 'nb_conversions',
          [goalFigure.visits(id)]: 'nb_visits_converted',
          [goalFigure.revenue(id)]: 'revenue',
        },
        { idGoal: String(id) },
      ),
    ),
  ];
}

/** The metrics of reports, in their order. */
export const metricsOf = (reports: readonly Report[]): Metric[] =>
  reports.flatMap(({ columns }) => columns.map(({ metric }) => metric));
