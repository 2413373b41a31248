import type { RunComparison } from '@trafficinator/contract/rest';
import { count, rate } from '../../format/numbers.ts';

export type NumberPair = RunComparison['numbers'][number];

/** A number that is compared: what it is called, what it is measured in, and which way is better. */
interface Compared {
  readonly path: string;
  readonly label: string;
  readonly unit: 'count' | 'ms' | 'rate' | 'per_day';
  readonly better: 'more' | 'less' | null;
}

export interface Group {
  readonly title: string;
  readonly rows: readonly Compared[];
}

const of = (
  path: string,
  label: string,
  unit: Compared['unit'],
  better: Compared['better'],
): Compared => ({ path, label, unit, better });

/** What is compared, in this order; a row that neither run has is left out. */
export const groups: readonly Group[] = [
  {
    title: 'Rates',
    rows: [
      of('visits.planned', 'Visits, planned', 'count', null),
      of('visits.delivered', 'Visits, delivered whole', 'count', 'more'),
      of('visits.done', 'Visits with an outcome', 'count', 'more'),
      of('rate.achieved_per_day', 'Visits per day, achieved', 'per_day', 'more'),
      of('rate.visits_per_second', 'Visits per second', 'rate', 'more'),
      of('rate.hits_per_second', 'Hits per second', 'rate', 'more'),
      of('rate.requests_per_second', 'Requests per second', 'rate', null),
    ],
  },
  {
    title: 'Answer time',
    rows: [
      of('response_ms.p50', 'p50', 'ms', 'less'),
      of('response_ms.p95', 'p95', 'ms', 'less'),
      of('response_ms.p99', 'p99', 'ms', 'less'),
    ],
  },
  {
    title: 'Since the planned moment',
    rows: [
      of('latency_ms.p95', 'Latency p95', 'ms', 'less'),
      of('latency_ms.p99', 'Latency p99', 'ms', 'less'),
      of('lateness_ms.p99', 'Lateness of the sending p99', 'ms', 'less'),
    ],
  },
];

export const outcomeBetter = {
  accepted: 'more',
  rejected: 'less',
  failed: 'less',
  unknown: 'less',
  dropped: 'less',
} as const;

/** Measured numbers that are closer than this count as the same. */
export const alike = 0.02;

export function verdictOf(
  { difference, relative }: NumberPair,
  better: 'more' | 'less' | null,
  measured: boolean,
): 'same' | 'better' | 'worse' | 'differs' | null {
  if (difference === null) return null;
  const isSame = difference === 0 || (measured && relative !== null && Math.abs(relative) < alike);
  if (isSame) return 'same';
  if (better === null) return 'differs';
  return difference > 0 === (better === 'more') ? 'better' : 'worse';
}

/** A number of a row, without its unit. */
export function numberText(value: number, unit: Compared['unit']): string {
  return unit === 'rate' ? rate(value) : count(value);
}

export const unitText = { count: '', ms: 'ms', rate: '/s', per_day: '/day' } as const;

const percent = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** `−59 %`, `+14`: relative where it is measured, absolute where it is counted. */
export function changeText({ difference, relative }: NumberPair, measured: boolean): string {
  if (difference === null) return 'only one has it';
  if (difference === 0) return '0';
  const sign = difference > 0 ? '+' : '−';
  if (relative === null) return `${sign}${count(Math.abs(difference))}`;
  const rounded = percent.format(Math.abs(relative) * 100);
  const share = rounded === '0' ? 'under 1 %' : `${sign}${rounded} %`;
  return measured ? share : `${sign}${count(Math.abs(difference))} (${share})`;
}
