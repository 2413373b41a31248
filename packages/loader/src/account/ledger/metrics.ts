/** Conversions of one goal. */
export interface GoalMetrics {
  conversions: number;
  /** Visits with at least one of them. */
  visits: number;
  revenue_minor: number;
}

/** The plain numbers of a day's reports; times in seconds, money in minor units. */
export interface DayCounts {
  visits: number;
  unique_visitors: number;
  /** Distinct user ids. */
  users: number;
  new_visits: number;
  returning_visits: number;
  actions: number;
  returning_actions: number;
  max_actions: number;
  /** Visits of no or one action. */
  bounces: number;
  sum_visit_length_seconds: number;
  converted_visits: number;
  direct_visits: number;
  search_visits: number;
  social_visits: number;
  website_visits: number;
  campaign_visits: number;
  page_views: number;
  /** Pages per visit, each counted once. */
  unique_page_views: number;
  searches: number;
  /** Distinct keywords of the day. */
  keywords: number;
  outlinks: number;
  downloads: number;
  events: number;
  content_impressions: number;
  content_interactions: number;
  orders: number;
  /** Visits with at least one order. */
  order_visits: number;
  order_revenue_minor: number;
  order_subtotal_minor: number;
  order_tax_minor: number;
  order_shipping_minor: number;
  order_discount_minor: number;
  order_items: number;
  /** Abandoned carts, of as many visits. */
  carts: number;
  cart_revenue_minor: number;
  cart_items: number;
  /** Goals and orders together, as Matomo's overview sums them. */
  conversions: number;
  conversion_revenue_minor: number;
}

/** What Matomo's reports will say of a day. */
export interface DayMetrics extends DayCounts {
  /** By goal id. */
  readonly goals: Map<number, GoalMetrics>;
}

export function noCounts(): DayCounts {
  return {
    visits: 0,
    unique_visitors: 0,
    users: 0,
    new_visits: 0,
    returning_visits: 0,
    actions: 0,
    returning_actions: 0,
    max_actions: 0,
    bounces: 0,
    sum_visit_length_seconds: 0,
    converted_visits: 0,
    direct_visits: 0,
    search_visits: 0,
    social_visits: 0,
    website_visits: 0,
    campaign_visits: 0,
    page_views: 0,
    unique_page_views: 0,
    searches: 0,
    keywords: 0,
    outlinks: 0,
    downloads: 0,
    events: 0,
    content_impressions: 0,
    content_interactions: 0,
    orders: 0,
    order_visits: 0,
    order_revenue_minor: 0,
    order_subtotal_minor: 0,
    order_tax_minor: 0,
    order_shipping_minor: 0,
    order_discount_minor: 0,
    order_items: 0,
    carts: 0,
    cart_revenue_minor: 0,
    cart_items: 0,
    conversions: 0,
    conversion_revenue_minor: 0,
  };
}

export const noMetrics = (): DayMetrics => ({ ...noCounts(), goals: new Map() });

/** Names of the plain numbers, in the order of the reports. */
export const countNames = Object.keys(noCounts()) as (keyof DayCounts)[];

/**
 * Adds a day's numbers to others: sums, and the greater `max_actions`. Distinct things that both sides
 * may share (visitors, users, keywords) are summed too, as a reader of Matomo's daily reports would.
 */
export function addCounts(into: DayCounts, from: DayCounts): void {
  const max = Math.max(into.max_actions, from.max_actions);
  for (const name of countNames) into[name] += from[name];
  into.max_actions = max;
}

/** Adds a day's numbers and its goals to others, by the same rule. */
export function addMetrics(into: DayMetrics, from: DayMetrics): void {
  addCounts(into, from);
  for (const [id, goal] of from.goals) {
    const sum = goalOf(into, id);
    sum.conversions += goal.conversions;
    sum.visits += goal.visits;
    sum.revenue_minor += goal.revenue_minor;
  }
}

/** A goal's numbers, begun at zero. */
export function goalOf(metrics: DayMetrics, id: number): GoalMetrics {
  let goal = metrics.goals.get(id);
  if (goal === undefined) {
    goal = { conversions: 0, visits: 0, revenue_minor: 0 };
    metrics.goals.set(id, goal);
  }
  return goal;
}
