import { countNames, type DayMetrics } from '../account/ledger/metrics.ts';

/** The numbers of a day by metric name: the ledger's names, and three for each goal. */
export type Figures = Readonly<Record<string, number>>;

export const noFigures: Figures = {};

/** A figure; what is not there is 0. */
export const figure = (figures: Figures, name: string): number => figures[name] ?? 0;

/** Names of a goal's figures. */
export const goalFigure = {
  conversions: (id: number) => `goal_${id}_conversions`,
  visits: (id: number) => `goal_${id}_visits`,
  revenue: (id: number) => `goal_${id}_revenue_minor`,
} as const;

/** A day of the ledger as figures. */
export function figuresOf(day: DayMetrics): Figures {
  const figures: Record<string, number> = {};
  for (const name of countNames) figures[name] = day[name];
  for (const [id, goal] of day.goals) {
    figures[goalFigure.conversions(id)] = goal.conversions;
    figures[goalFigure.visits(id)] = goal.visits;
    figures[goalFigure.revenue(id)] = goal.revenue_minor;
  }
  return figures;
}

/** Sums of several days, by name. */
export function sumOf(days: Iterable<Figures>): Figures {
  const sum: Record<string, number> = {};
  for (const day of days) {
    for (const [name, value] of Object.entries(day)) sum[name] = (sum[name] ?? 0) + value;
  }
  return sum;
}

/** What `more` has above `less`, name by name; zeros are left out. */
export function difference(more: Figures, less: Figures): Figures {
  const found: Record<string, number> = {};
  for (const name of new Set([...Object.keys(more), ...Object.keys(less)])) {
    const value = figure(more, name) - figure(less, name);
    if (value !== 0) found[name] = value;
  }
  return found;
}
