import type { StatusSnapshot } from '@trafficinator/contract';
import type { Metric, Registry } from 'prom-client';
import type { Books } from './books.ts';
import { Latency } from './latency.ts';
import { counters, gauges } from './metrics-list.ts';
import { type MetricsText, scrapeOf, textOf } from './scrape.ts';

/** All metrics of live traffic, taken from the books as they stand at this moment. */
export async function renderMetrics(
  run: { readonly books: Pick<Books, 'latency' | 'response' | 'lateness'> },
  status: StatusSnapshot,
): Promise<MetricsText> {
  const registry = scrapeOf(status, counters, gauges);
  const { latency, response, lateness } = run.books;
  histogram(
    registry,
    'trafficinator_hit_latency_seconds',
    'From the moment a hit was due to the end of its request.',
    latency,
  );
  histogram(
    registry,
    'trafficinator_hit_response_seconds',
    'From the send of a request to its end.',
    response,
  );
  histogram(
    registry,
    'trafficinator_hit_lateness_seconds',
    'From the moment a hit was due to the send of its first request.',
    lateness,
  );
  return textOf(registry);
}

/**
 * Exposes durations that were counted into buckets already. The library's own Histogram takes single
 * observations only; a registry asks a metric for no more than its name and `get()`.
 */
function histogram(registry: Registry, name: string, help: string, durations: Latency): void {
  const values: { metricName: string; labels: Record<string, string>; value: number }[] = [];
  let below = 0;
  for (const [at, bound] of Latency.bounds_seconds.entries()) {
    below += durations.buckets[at] ?? 0;
    values.push({ metricName: `${name}_bucket`, labels: { le: String(bound) }, value: below });
  }
  values.push(
    { metricName: `${name}_bucket`, labels: { le: '+Inf' }, value: durations.count },
    { metricName: `${name}_sum`, labels: {}, value: durations.sum_seconds },
    { metricName: `${name}_count`, labels: {}, value: durations.count },
  );
  const metric = { name, get: async () => ({ name, help, type: 'histogram', values }) };
  registry.registerMetric(metric as unknown as Metric);
}
