import type { JourneyNumbers, PluginNumbers } from '@trafficinator/contract';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const n = (value: number): string => whole.format(value);

/** How many visits follow each journey, as lines of a summary. */
export const journeyLines = (journeys: readonly JourneyNumbers[]): string[] =>
  journeys.map(
    ({ name, planned, starts }) =>
      `  journey  ${name}: ${n(starts)} of ${n(planned)} planned begun`,
  );

/** What is to be said of plugins; of those without trouble nothing. */
export function pluginLines(plugins: readonly PluginNumbers[]): string[] {
  return plugins.flatMap(({ name, errors, first_error, slow, slowest_ms }) => [
    ...(errors > 0
      ? [
          `  plugin   ${name} failed in ${n(errors)} visits, planned without it (first: ${first_error})`,
        ]
      : []),
    ...(slow > 0
      ? [`  plugin   ${name} was slow in ${n(slow)} visits, up to ${n(slowest_ms)} ms`]
      : []),
  ]);
}
