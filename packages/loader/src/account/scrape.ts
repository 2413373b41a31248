import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** Text for a scraper and the content type that says which format it is. */
export interface MetricsText {
  readonly content_type: string;
  readonly body: string;
}

/** One value of a metric. */
export interface Reading {
  readonly labels: Record<string, string>;
  readonly value: number;
}

/** A metric and how its values are read from where they stand; no value: no series. */
export interface MetricDefinition<Source> {
  readonly name: string;
  readonly help: string;
  readonly labels: string[];
  readonly read: (source: Source) => readonly Reading[];
}

/** Metrics of the process itself: one registry for its whole life, since it observes the collector. */
let ofProcess: Registry | null = null;

/** A registry for one scrape, so that nothing counts twice and nothing is kept twice. */
export function scrapeOf<Source>(
  source: Source,
  counters: readonly MetricDefinition<Source>[],
  gauges: readonly MetricDefinition<Source>[],
): Registry {
  const registry = new Registry();
  for (const { name, help, labels, read } of counters) {
    const counter = new Counter({ name, help, labelNames: labels, registers: [registry] });
    for (const reading of read(source)) counter.inc(reading.labels, reading.value);
  }
  for (const { name, help, labels, read } of gauges) {
    const gauge = new Gauge({ name, help, labelNames: labels, registers: [registry] });
    // A gauge without labels stands at 0 until it is set.
    if (labels.length === 0) gauge.remove();
    for (const reading of read(source)) gauge.set(reading.labels, reading.value);
  }
  return registry;
}

/** A scrape and the metrics of the process in Prometheus' text format 0.0.4. */
export async function textOf(registry: Registry): Promise<MetricsText> {
  if (ofProcess === null) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
  }
  const body = `${await registry.metrics()}\n${await ofProcess.metrics()}`;
  return { content_type: registry.contentType, body };
}
