import type { RunSummary } from '@trafficinator/contract';
import { countNames, type DayCounts } from '../account/ledger/metrics.ts';
import { decimal } from '../send/query.ts';
import { summaryText } from './summary-text.ts';

const moneySuffix = '_minor';
const labelWidth = 28;

/** Metrics that are not equal. */
export function differences(planned: DayCounts, recorded: DayCounts): (keyof DayCounts)[] {
  return countNames.filter((name) => planned[name] !== recorded[name]);
}

/** The numbers by name with money in currency units, as Matomo's reports give it; an order's is `revenue`. */
export function inUnits(counts: DayCounts): Record<string, number> {
  return Object.fromEntries(
    countNames.map((name) => {
      if (!name.endsWith(moneySuffix)) return [name, counts[name]];
      const short = name.slice(0, -moneySuffix.length);
      return [short === 'order_revenue' ? 'revenue' : short, counts[name] / 100];
    }),
  );
}

/** Planned and recorded side by side, without what neither has, then the summary. */
export function comparisonText(
  planned: DayCounts,
  recorded: DayCounts,
  summary: RunSummary,
): string {
  const differing = differences(planned, recorded);
  const rows = countNames
    .filter((name) => planned[name] !== 0 || recorded[name] !== 0)
    .map((name) => {
      const verdict = differing.includes(name) ? 'DIFFERS' : 'equal';
      return `  ${labelOf(name).padEnd(labelWidth)}${text(planned, name)}${text(recorded, name)}   ${verdict}`;
    });
  const head = `  ${''.padEnd(labelWidth)}${'planned'.padStart(14)}${'recorded'.padStart(14)}`;
  return `${head}\n${rows.join('\n')}\n\n${summaryText(summary)}`;
}

const labelOf = (name: keyof DayCounts): string =>
  name.replace(moneySuffix, '').replaceAll('_', ' ');

const text = (counts: DayCounts, name: keyof DayCounts): string =>
  (name.endsWith(moneySuffix) ? decimal(counts[name]) : String(counts[name])).padStart(14);
