import { breakerStates, outcomes, runStates, type StatusSnapshot } from '@trafficinator/contract';
import { funnelCounters } from './funnel-metrics.ts';
import { journeyCounters } from './journey-metrics.ts';
import type { MetricDefinition } from './scrape.ts';

type Definition = MetricDefinition<StatusSnapshot>;

const day_seconds = 86_400;
const results = ['delivered', 'partial', 'dropped'] as const;

const single = (
  name: string,
  help: string,
  value: (status: StatusSnapshot) => number,
): Definition => ({
  name,
  help,
  labels: [],
  read: (status) => [{ labels: {}, value: value(status) }],
});

/** A state as Prometheus wants it: a series for each possible state, 1 for the one that holds. */
const stateSet = (
  name: string,
  help: string,
  states: readonly string[],
  current: (status: StatusSnapshot) => string,
): Definition => ({
  name,
  help,
  labels: ['state'],
  read: (status) =>
    states.map((state) => ({ labels: { state }, value: state === current(status) ? 1 : 0 })),
});

/** What only ever grows while the process lives. */
export const counters: readonly Definition[] = [
  single(
    'trafficinator_visits_planned_total',
    'Visits that have arrived.',
    (s) => s.visits.planned,
  ),
  {
    name: 'trafficinator_visits_total',
    help: 'Visits that are over, by what became of them.',
    labels: ['result'],
    read: (s) => results.map((result) => ({ labels: { result }, value: s.visits[result] })),
  },
  single(
    'trafficinator_hits_planned_total',
    'Hits of the visits that have arrived.',
    (s) => s.hits.planned,
  ),
  {
    name: 'trafficinator_hits_total',
    help: 'Hits by outcome; each hit ends in exactly one.',
    labels: ['outcome'],
    read: (s) => outcomes.map((outcome) => ({ labels: { outcome }, value: s.hits[outcome] })),
  },
  {
    name: 'trafficinator_hits_not_accepted_total',
    help: 'Hits that were not accepted, by outcome and reason.',
    labels: ['outcome', 'reason'],
    read: (s) =>
      s.reasons.map(({ outcome, reason, count }) => ({
        labels: { outcome, reason },
        value: count,
      })),
  },
  single(
    'trafficinator_negative_visits_planned_total',
    'Visits that have arrived and that Matomo must not record.',
    (s) => s.negative.visits.planned,
  ),
  {
    name: 'trafficinator_negative_visits_total',
    help: 'Of the visits that are over those that Matomo must not record.',
    labels: ['result'],
    read: ({ negative }) =>
      results.map((result) => ({ labels: { result }, value: negative.visits[result] })),
  },
  {
    name: 'trafficinator_negative_hits_total',
    help: 'Of the hits those of visits that Matomo must not record, by outcome.',
    labels: ['outcome'],
    read: ({ negative }) =>
      outcomes.map((outcome) => ({ labels: { outcome }, value: negative.hits[outcome] })),
  },
  ...funnelCounters,
  ...journeyCounters,
];

/** What goes up and down. */
export const gauges: readonly Definition[] = [
  single(
    'trafficinator_visits_in_flight',
    'Visits that have begun and are not over.',
    (s) => s.visits.in_flight,
  ),
  single(
    'trafficinator_visits_waiting',
    'Visits that wait for a free slot.',
    (s) => s.visits.waiting,
  ),
  single('trafficinator_hits_pending', 'Hits without an outcome yet.', (s) => s.hits.pending),
  single(
    'trafficinator_arrival_rate_planned_per_second',
    'Visits per second that the settings ask for.',
    (s) => s.rate.planned_per_day / day_seconds,
  ),
  single(
    'trafficinator_arrival_rate_achieved_per_second',
    'Visits per second that were begun, over the time in which visits arrived.',
    (s) => s.rate.achieved_per_day / day_seconds,
  ),
  single('trafficinator_day_visits', 'Visits begun today.', (s) => s.today.visits),
  single('trafficinator_day_cap', 'Most visits a day; 0 means no cap.', (s) => s.today.cap),
  stateSet('trafficinator_state', 'State of the run.', runStates, (s) => s.state),
  stateSet(
    'trafficinator_breaker_state',
    'State of the circuit breaker before the target.',
    breakerStates,
    (s) => s.target.breaker,
  ),
  {
    name: 'trafficinator_build_info',
    help: 'Version of the program; always 1.',
    labels: ['version'],
    read: (s) => [{ labels: { version: s.version }, value: 1 }],
  },
];
