import type { JourneyNumbers, PluginNumbers } from '@trafficinator/contract';
import type { MetricDefinition, Reading } from './scrape.ts';

const of =
  (label: string) =>
  (name: string, value: number): Reading => ({ labels: { [label]: name }, value });
const journeyReading = of('journey');
const pluginReading = of('plugin');

/** Which journeys visits follow and what goes wrong with plugins, in a live run and in a backfill. */
export const journeyCounters: readonly MetricDefinition<{
  readonly journeys: readonly JourneyNumbers[];
  readonly plugins: readonly PluginNumbers[];
}>[] = [
  {
    name: 'trafficinator_journey_visits_planned_total',
    help: 'Visits that have arrived to follow a journey.',
    labels: ['journey'],
    read: ({ journeys }) => journeys.map(({ name, planned }) => journeyReading(name, planned)),
  },
  {
    name: 'trafficinator_journey_starts_total',
    help: 'Visits on a journey whose first hit was accepted.',
    labels: ['journey'],
    read: ({ journeys }) => journeys.map(({ name, starts }) => journeyReading(name, starts)),
  },
  {
    name: 'trafficinator_plugin_errors_total',
    help: 'Visits that were planned without a plugin, because it failed.',
    labels: ['plugin'],
    read: ({ plugins }) => plugins.map(({ name, errors }) => pluginReading(name, errors)),
  },
  {
    name: 'trafficinator_plugin_slow_total',
    help: 'Visits over which a plugin took longer than PLUGIN_BUDGET_MS.',
    labels: ['plugin'],
    read: ({ plugins }) => plugins.map(({ name, slow }) => pluginReading(name, slow)),
  },
];
