import { type Figures, figure } from './figures.ts';
import type { Metric } from './metric.ts';

/** A metric of a day that is not what it should be. */
interface MetricDifference {
  readonly metric: Metric;
  readonly planned: number;
  /** What the report says; `baseline` of it was there before. */
  readonly recorded: number;
  readonly baseline: number;
  /** recorded − baseline − planned. */
  readonly difference: number;
}

/** A day of the site, compared. */
export interface ComparedDay {
  readonly date: string;
  /** Metrics that were compared. */
  readonly compared: number;
  readonly differences: readonly MetricDifference[];
  /** Metrics that could not be compared because the day had data before. */
  readonly not_comparable: readonly string[];
  readonly planned: Figures;
  readonly recorded: Figures;
  readonly baseline: Figures;
}

/** Lays what was planned beside what was recorded; `metrics` are those that can be compared at all. */
export function compareDay(
  date: string,
  planned: Figures,
  recorded: Figures,
  baseline: Figures,
  metrics: readonly Metric[],
): ComparedDay {
  const differences: MetricDifference[] = [];
  const not_comparable: string[] = [];
  for (const metric of metrics) {
    const found = compareMetric(metric, planned, recorded, baseline);
    if (!metric.subtractable && found.baseline !== 0) not_comparable.push(metric.name);
    else if (Math.abs(found.difference) > tolerated(metric, planned, recorded)) {
      differences.push(found);
    }
  }
  const compared = metrics.length - not_comparable.length;
  return { date, compared, differences, not_comparable, planned, recorded, baseline };
}

function compareMetric(
  metric: Metric,
  planned: Figures,
  recorded: Figures,
  baseline: Figures,
): MetricDifference {
  const numbers = {
    planned: figure(planned, metric.name),
    recorded: figure(recorded, metric.name),
    baseline: figure(baseline, metric.name),
  };
  const difference = numbers.recorded - numbers.baseline - numbers.planned;
  return { metric, ...numbers, difference };
}

/**
 * Counts are exact. Matomo keeps money as FLOAT and rounds it, so every order may be off by one minor
 * unit.
 */
function tolerated({ rounded_per }: Metric, planned: Figures, recorded: Figures): number {
  if (rounded_per === null) return 0;
  return Math.max(figure(planned, rounded_per), figure(recorded, rounded_per));
}

/** By name; 0 where a metric is as planned. */
export const differenceOf = (day: ComparedDay, name: string): number =>
  day.differences.find(({ metric }) => metric.name === name)?.difference ?? 0;
