import { utcOffset } from '../pace/calendar.ts';
import type { Hit, Order } from '../plan/visit.ts';

/** What Matomo's reports will say of a day, as far as the plan decides it. Revenue in minor units. */
export interface DayMetrics {
  visits: number;
  actions: number;
  page_views: number;
  searches: number;
  outlinks: number;
  downloads: number;
  events: number;
  orders: number;
  revenue_minor: number;
}

const nothing = (): DayMetrics => ({
  visits: 0,
  actions: 0,
  page_views: 0,
  searches: 0,
  outlinks: 0,
  downloads: 0,
  events: 0,
  orders: 0,
  revenue_minor: 0,
});

/** Seconds without an action after which the next hit starts a new visit: 1,799 do not, 1,800 do. */
const visitGap_seconds = 1_800;

/** The Matomo visit that a visitor's next hit may join. */
interface OpenVisit {
  lastAction_seconds: number;
  day: number;
}

/**
 * Predicts Matomo's reports from the hits that were accepted, by Matomo's own rules: a new visit begins
 * after 30 minutes without an action and at midnight of the site; orders and pings are no actions; a
 * ping never begins a visit. A visit counts on the day of its last action, an action on its own day.
 * A visitor's hits must come in their order.
 */
export class Ledger {
  readonly #zone: string;
  readonly #days = new Map<number, DayMetrics>();
  readonly #open = new Map<number, OpenVisit>();

  /** `zone`: the site's IANA zone. */
  constructor(zone: string) {
    this.#zone = zone;
  }

  /** Matomo accepted a hit of a planned visit; `at_ms` is its time for Matomo (epoch ms). */
  accepted(visitIndex: number, hit: Hit, at_ms: number): void {
    const second = Math.floor(at_ms / 1000);
    const day = Math.floor((second + utcOffset(at_ms, this.#zone) / 1000) / 86_400);
    const open = this.#open.get(visitIndex);
    const joins =
      open !== undefined && open.day === day && second - open.lastAction_seconds < visitGap_seconds;
    if (hit.kind === 'ping') return;
    if (joins) open.lastAction_seconds = second;
    else this.#open.set(visitIndex, { lastAction_seconds: second, day });
    const metrics = this.#metricsOf(day);
    if (!joins) metrics.visits++;
    count(metrics, hit);
  }

  /** The planned visit is over; its visitor does not come back. */
  ended(visitIndex: number): void {
    this.#open.delete(visitIndex);
  }

  /** By day `YYYY-MM-DD` of the site. */
  days(): Map<string, DayMetrics> {
    const named = [...this.#days].sort(([a], [b]) => a - b);
    return new Map(
      named.map(([day, metrics]) => [
        new Date(day * 86_400_000).toISOString().slice(0, 10),
        metrics,
      ]),
    );
  }

  /** All days together. */
  total(): DayMetrics {
    const total = nothing();
    for (const metrics of this.#days.values()) {
      for (const name of Object.keys(total) as (keyof DayMetrics)[]) total[name] += metrics[name];
    }
    return total;
  }

  #metricsOf(day: number): DayMetrics {
    let metrics = this.#days.get(day);
    if (metrics === undefined) {
      metrics = nothing();
      this.#days.set(day, metrics);
    }
    return metrics;
  }
}

function count(metrics: DayMetrics, hit: Hit): void {
  switch (hit.kind) {
    case 'pageview':
      metrics.page_views++;
      break;
    case 'search':
      metrics.searches++;
      break;
    case 'outlink':
      metrics.outlinks++;
      break;
    case 'download':
      metrics.downloads++;
      break;
    case 'event':
      metrics.events++;
      break;
    case 'order':
      metrics.orders++;
      metrics.revenue_minor += (hit.detail as Order).revenue_minor;
      return;
    case 'ping':
      return;
  }
  metrics.actions++;
}
