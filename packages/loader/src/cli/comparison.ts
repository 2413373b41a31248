import type { RunSummary } from '@trafficinator/contract';
import type { DayMetrics } from '../account/ledger.ts';
import { decimal } from '../send/query.ts';
import { summaryText } from './summary-text.ts';

const labels: Record<keyof DayMetrics, string> = {
  visits: 'visits',
  actions: 'actions',
  page_views: 'page views',
  searches: 'searches',
  outlinks: 'outlinks',
  downloads: 'downloads',
  events: 'events',
  orders: 'orders',
  revenue_minor: 'revenue',
};
const names = Object.keys(labels) as (keyof DayMetrics)[];

/** Metrics that are not equal. */
export function differences(planned: DayMetrics, recorded: DayMetrics): (keyof DayMetrics)[] {
  return names.filter((name) => planned[name] !== recorded[name]);
}

/** Planned and recorded side by side, then the summary. */
export function comparisonText(
  planned: DayMetrics,
  recorded: DayMetrics,
  summary: RunSummary,
): string {
  const differing = differences(planned, recorded);
  const rows = names.map((name) => {
    const text = (metrics: DayMetrics) =>
      name === 'revenue_minor' ? decimal(metrics[name]) : String(metrics[name]);
    const verdict = differing.includes(name) ? 'DIFFERS' : 'equal';
    return `  ${labels[name].padEnd(12)}${text(planned).padStart(14)}${text(recorded).padStart(14)}   ${verdict}`;
  });
  const head = `  ${''.padEnd(12)}${'planned'.padStart(14)}${'recorded'.padStart(14)}`;
  return `${head}\n${rows.join('\n')}\n\n${summaryText(summary)}`;
}
