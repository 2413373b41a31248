type MetricUnit = 'count' | 'seconds' | 'money';

/** A number of a day that the ledger predicts and Matomo reports. Money is in minor units. */
export interface Metric {
  readonly name: string;
  /** For people: `sum visit length`. */
  readonly label: string;
  readonly unit: MetricUnit;
  /** The report it comes from: `Goals.get idGoal=ecommerceOrder`. */
  readonly report: string;
  /**
   * Whether what was there before can be taken off. Distinct things and maxima cannot: who came before
   * may have come again.
   */
  readonly subtractable: boolean;
  /** For money: the metric that counts what was rounded; each may be off by one minor unit. */
  readonly rounded_per: string | null;
}

const distinct = new Set(['unique_visitors', 'users', 'keywords', 'max_actions']);

/** Makes a metric from its name: what it is follows from how it is called. */
export function metricOf(name: string, report: string): Metric {
  const money = name.endsWith('_minor');
  return {
    name,
    label: name.replace(/_(minor|seconds)$/, '').replaceAll('_', ' '),
    unit: money ? 'money' : name.endsWith('_seconds') ? 'seconds' : 'count',
    report,
    subtractable: !distinct.has(name),
    rounded_per: money ? roundedPer(name) : null,
  };
}

function roundedPer(name: string): string {
  const goal = /^goal_\d+_/.exec(name)?.[0];
  if (goal !== undefined) return `${goal}conversions`;
  if (name.startsWith('order_')) return 'orders';
  return name.startsWith('cart_') ? 'carts' : 'conversions';
}
