import { type BackfillReport, missedOutcomes } from '@trafficinator/contract';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { MetricsText } from './metrics.ts';

interface Reading {
  readonly labels: Record<string, string>;
  readonly value: number;
}

interface Definition {
  readonly name: string;
  readonly help: string;
  readonly labels: string[];
  readonly read: (report: BackfillReport) => readonly Reading[];
}

const outcomes = ['accepted', ...missedOutcomes] as const;
const visitStates = ['planned', 'done', 'remaining'] as const;

/** Of the whole backfill, over all its processes; names as in a live run where they mean the same. */
const counters: readonly Definition[] = [
  {
    name: 'trafficinator_hits_total',
    help: 'Hits by outcome; each hit ends in exactly one.',
    labels: ['outcome'],
    read: ({ hits }) => outcomes.map((outcome) => ({ labels: { outcome }, value: hits[outcome] })),
  },
  {
    name: 'trafficinator_hits_not_accepted_total',
    help: 'Hits that were not accepted, by outcome and reason.',
    labels: ['outcome', 'reason'],
    read: ({ reasons }) =>
      reasons.map(({ outcome, reason, count }) => ({ labels: { outcome, reason }, value: count })),
  },
];

const gauges: readonly Definition[] = [
  {
    name: 'trafficinator_backfill_visits',
    help: 'Visits of the window: planned = done + remaining.',
    labels: ['state'],
    read: ({ visits }) => visitStates.map((state) => ({ labels: { state }, value: visits[state] })),
  },
  {
    name: 'trafficinator_backfill_hits_per_second',
    help: 'Hits that got their outcome per second, over the life of this process.',
    labels: [],
    read: ({ rate }) => [{ labels: {}, value: rate.hits_per_second }],
  },
  {
    name: 'trafficinator_backfill_requests_per_second',
    help: 'Tracking requests per second, over the life of this process.',
    labels: [],
    read: ({ rate }) => [{ labels: {}, value: rate.requests_per_second }],
  },
  {
    name: 'trafficinator_backfill_remaining_seconds',
    help: 'How long it will take at this rate; absent while nobody can tell.',
    labels: [],
    read: ({ eta_seconds }) => (eta_seconds === null ? [] : [{ labels: {}, value: eta_seconds }]),
  },
];

/** Metrics of the process itself: one registry for its whole life, since it observes the collector. */
let ofProcess: Registry | null = null;

/** All metrics of a backfill in Prometheus' text format 0.0.4, as its report stands at this moment. */
export async function renderBackfillMetrics(
  report: BackfillReport,
  version: string,
): Promise<MetricsText> {
  const registry = new Registry();
  for (const { name, help, labels, read } of counters) {
    const counter = new Counter({ name, help, labelNames: labels, registers: [registry] });
    for (const { labels: of, value } of read(report)) counter.inc(of, value);
  }
  for (const { name, help, labels, read } of gauges) {
    const gauge = new Gauge({ name, help, labelNames: labels, registers: [registry] });
    // A gauge without labels stands at 0 until it is set.
    if (labels.length === 0) gauge.remove();
    for (const { labels: of, value } of read(report)) gauge.set(of, value);
  }
  const info = { name: 'trafficinator_build_info', help: 'Version of the program; always 1.' };
  new Gauge({ ...info, labelNames: ['version'], registers: [registry] }).set({ version }, 1);
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
