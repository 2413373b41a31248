import type { StatusSnapshot } from '@trafficinator/contract';
import { Counter, collectDefaultMetrics, Gauge, type Metric, Registry } from 'prom-client';
import type { Books } from './books.ts';
import { Latency } from './latency.ts';
import { counters, gauges, type Reading } from './metrics-list.ts';

/** Text for a scraper and the content type that says which format it is. */
export interface MetricsText {
  readonly content_type: string;
  readonly body: string;
}

/** Metrics of the process itself: one registry for its whole life, since it observes the collector. */
let ofProcess: Registry | null = null;

/**
 * All metrics in Prometheus' text format 0.0.4, taken from the books as they stand at this moment.
 * The metrics of the run live for one scrape, so nothing counts twice and nothing is kept twice.
 */
export async function renderMetrics(
  run: { readonly books: Pick<Books, 'latency' | 'response' | 'lateness'> },
  status: StatusSnapshot,
): Promise<MetricsText> {
  const registry = new Registry();
  for (const { name, help, labels, read } of counters) {
    const counter = new Counter({ name, help, labelNames: labels, registers: [registry] });
    fill(read(status), (reading) => counter.inc(reading.labels, reading.value));
  }
  for (const { name, help, labels, read } of gauges) {
    const gauge = new Gauge({ name, help, labelNames: labels, registers: [registry] });
    fill(read(status), (reading) => gauge.set(reading.labels, reading.value));
  }
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
  const body = `${await registry.metrics()}\n${await processRegistry().metrics()}`;
  return { content_type: registry.contentType, body };
}

function processRegistry(): Registry {
  if (ofProcess === null) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
  }
  return ofProcess;
}

function fill(readings: readonly Reading[], add: (reading: Reading) => void): void {
  for (const reading of readings) add(reading);
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
