import type { FunnelNumbers } from '@trafficinator/contract';
import type { MetricDefinition, Reading } from './scrape.ts';

const funnelReading = (funnel: string, value: number): Reading => ({ labels: { funnel }, value });

/** How far visitors come in funnels, of a live run and of a backfill. */
export const funnelCounters: readonly MetricDefinition<{
  readonly funnels: readonly FunnelNumbers[];
}>[] = [
  {
    name: 'trafficinator_funnel_visits_planned_total',
    help: 'Visits that have arrived to take a funnel.',
    labels: ['funnel'],
    read: ({ funnels }) => funnels.map(({ name, planned }) => funnelReading(name, planned.starts)),
  },
  {
    name: 'trafficinator_funnel_starts_total',
    help: 'Visits whose first step of a funnel was accepted.',
    labels: ['funnel'],
    read: ({ funnels }) => funnels.map(({ name, starts }) => funnelReading(name, starts)),
  },
  {
    name: 'trafficinator_funnel_steps_total',
    help: 'Steps of funnels that were accepted, by their number from 1.',
    labels: ['funnel', 'step'],
    read: ({ funnels }) =>
      funnels.flatMap(({ name, steps }) =>
        steps.map((value, at) => ({ labels: { funnel: name, step: String(at + 1) }, value })),
      ),
  },
  {
    name: 'trafficinator_funnel_completions_total',
    help: 'Visits whose last step of a funnel was accepted.',
    labels: ['funnel'],
    read: ({ funnels }) => funnels.map(({ name, completions }) => funnelReading(name, completions)),
  },
];
