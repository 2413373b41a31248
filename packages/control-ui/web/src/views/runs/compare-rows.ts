import type { RunComparison } from '@trafficinator/contract/rest';
import { count, rate } from '../../format/numbers.ts';
import { type OutcomeName, outcomes } from '../../parts/ledger.tsx';

export type NumberPair = RunComparison['numbers'][number];

/** A number that is compared: what it is called, what it is measured in, and which way is better. */
interface Compared {
  readonly path: string;
  readonly label: string;
  readonly unit: 'count' | 'ms' | 'rate' | 'per_day';
  readonly better: 'more' | 'less' | null;
}

interface Group {
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
const groups: readonly Group[] = [
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

const outcomeBetter = {
  accepted: 'more',
  rejected: 'less',
  failed: 'less',
  unknown: 'less',
  dropped: 'less',
} as const;

/** Measured numbers that are closer than this count as the same. */
export const alike = 0.02;

export function verdictOf({
  pair: { difference, relative },
  better,
  measured,
  unit,
}: ComparedRow): 'same' | 'better' | 'worse' | 'differs' | null {
  if (difference === null) return null;
  const isClose = measured && relative !== null && Math.abs(relative) < alike;
  // Both read the same where less than a millisecond lies between them.
  const isFine = unit === 'ms' && Math.abs(difference) < 1;
  if (difference === 0 || isClose || isFine) return 'same';
  if (better === null) return 'differs';
  return difference > 0 === (better === 'more') ? 'better' : 'worse';
}

/** A number of a row, without its unit. */
function numberText(value: number, unit: Compared['unit']): string {
  return unit === 'rate' ? rate(value) : count(value);
}

const unitText = { count: '', ms: 'ms', rate: '/s', per_day: '/day' } as const;

const fine = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 1 });
const percent = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** `−59 %`, `+14`: relative where it is measured, absolute where it is counted. */
export function changeText({ difference, relative }: NumberPair, measured: boolean): string {
  if (difference === null) return 'only one has it';
  if (difference === 0) return '0';
  const sign = difference > 0 ? '+' : '−';
  if (relative === null) return `${sign}${count(Math.abs(difference))}`;
  const part = Math.abs(relative) * 100;
  const share = `${sign}${(part < 1 ? fine : percent).format(part)} %`;
  return measured ? share : `${sign}${count(Math.abs(difference))} (${share})`;
}

/** A row as it is shown: of the table, and of the report. */
export interface ComparedRow {
  readonly label: string;
  readonly outcome: OutcomeName | null;
  readonly pair: NumberPair;
  readonly better: 'more' | 'less' | null;
  readonly measured: boolean;
  readonly text: (value: number) => string;
  readonly unit: string;
  /** The total of a sum that was checked on both sides. */
  readonly sum: boolean;
}

/** What two runs told, in groups; `others`: numbers that have no place of their own. */
export interface ComparedGroups {
  readonly groups: readonly { readonly title: string; readonly rows: readonly ComparedRow[] }[];
  readonly others: readonly ComparedRow[];
  /** Counts are judged only where both planned about as many hits. */
  readonly equalLoad: boolean;
}

export function comparedGroups({ numbers }: RunComparison): ComparedGroups {
  const byPath = new Map(numbers.map((pair) => [pair.path, pair]));
  const planned = byPath.get('hits.planned') ?? byPath.get('hits.done');
  const equalLoad = Math.abs(planned?.relative ?? 1) < alike;
  const known = groups.map(({ title, rows }) => ({
    title,
    rows: rows.flatMap(({ path, label, unit, better }): ComparedRow[] => {
      const pair = byPath.get(path);
      if (pair === undefined || pair.difference === null) return [];
      const isCounted = unit === 'count';
      return [
        {
          label,
          outcome: null,
          pair,
          better: isCounted && !equalLoad ? null : better,
          measured: !isCounted,
          text: (value) => numberText(value, unit),
          unit: unitText[unit],
          sum: false,
        },
      ];
    }),
  }));
  const hits = planned === undefined ? [] : hitRows(byPath, planned, equalLoad);
  const all = [...known, { title: 'Hits', rows: hits }].filter(({ rows }) => rows.length > 0);
  const shown = new Set(all.flatMap(({ rows }) => rows.map(({ pair }) => pair)));
  const others = numbers
    .filter((pair) => !shown.has(pair))
    .map((pair) => counted(pair.path, pair, null, anyNumber));
  return { groups: all, others, equalLoad };
}

const anyNumber = (value: number): string => (Number.isInteger(value) ? count(value) : rate(value));

const counted = (
  label: string,
  pair: NumberPair,
  better: ComparedRow['better'],
  text: (value: number) => string = count,
): ComparedRow => ({
  label,
  outcome: null,
  pair,
  better,
  measured: false,
  text,
  unit: '',
  sum: false,
});

function hitRows(
  byPath: ReadonlyMap<string, NumberPair>,
  planned: NumberPair,
  equalLoad: boolean,
): ComparedRow[] {
  const rows = outcomes.flatMap((outcome): ComparedRow[] => {
    const pair = byPath.get(`hits.${outcome}`);
    if (pair === undefined) return [];
    return [{ ...counted(outcome, pair, equalLoad ? outcomeBetter[outcome] : null), outcome }];
  });
  const sum = (side: 'a' | 'b') => rows.reduce((all, { pair }) => all + (pair[side] ?? 0), 0);
  const addsUp = sum('a') === (planned.a ?? 0) && sum('b') === (planned.b ?? 0);
  const total = counted(addsUp ? 'Planned' : 'Planned, some still in flight', planned, null);
  return [...rows, ...shareRow(byPath.get('hits.accepted'), planned), { ...total, sum: addsUp }];
}

/** The part of the planned hits that was accepted: it compares runs of any length. */
function shareRow(accepted: NumberPair | undefined, planned: NumberPair): ComparedRow[] {
  if (!accepted?.a || !accepted.b || !planned.a || !planned.b) return [];
  const a = (100 * accepted.a) / planned.a;
  const b = (100 * accepted.b) / planned.b;
  const pair = { path: 'share', a, b, difference: b - a, relative: (b - a) / a };
  const row = counted('Accepted, of the planned', pair, 'more', (value) => value.toFixed(3));
  return [{ ...row, measured: true, unit: '%' }];
}
