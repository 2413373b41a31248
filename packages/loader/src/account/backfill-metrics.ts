import { type BackfillReport, missedOutcomes } from '@trafficinator/contract';
import { funnelCounters } from './funnel-metrics.ts';
import { journeyCounters } from './journey-metrics.ts';
import { type MetricDefinition, type MetricsText, scrapeOf, textOf } from './scrape.ts';

/** Of one target or of several. */
type BackfillNumbers = Pick<
  BackfillReport,
  | 'visits'
  | 'hits'
  | 'reasons'
  | 'rate'
  | 'eta_seconds'
  | 'funnels'
  | 'negative'
  | 'journeys'
  | 'plugins'
>;

/** What is scraped: the numbers, and the version of the program. */
interface Source extends BackfillNumbers {
  readonly version: string;
}

type Definition = MetricDefinition<Source>;

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
  ...funnelCounters,
  ...journeyCounters,
];

const gauges: readonly Definition[] = [
  {
    name: 'trafficinator_backfill_visits',
    help: 'Visits of the window: planned = done + remaining.',
    labels: ['state'],
    read: ({ visits }) => visitStates.map((state) => ({ labels: { state }, value: visits[state] })),
  },
  {
    name: 'trafficinator_backfill_negative_visits',
    help: 'Of the visits that are done those that Matomo must not record.',
    labels: [],
    read: ({ negative }) => [{ labels: {}, value: negative.visits }],
  },
  {
    name: 'trafficinator_backfill_negative_hits',
    help: 'Of the hits that are done those of visits that Matomo must not record.',
    labels: [],
    read: ({ negative }) => [{ labels: {}, value: negative.hits }],
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
  {
    name: 'trafficinator_build_info',
    help: 'Version of the program; always 1.',
    labels: ['version'],
    read: ({ version }) => [{ labels: { version }, value: 1 }],
  },
];

/** All metrics of a backfill, as its numbers stand at this moment. */
export function renderBackfillMetrics(
  report: BackfillNumbers,
  version: string,
): Promise<MetricsText> {
  return textOf(scrapeOf({ ...report, version }, counters, gauges));
}
