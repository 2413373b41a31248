import { figuresOf, type Reading, ratioOf } from './rounds.ts';
import type { RowName } from './rows/row.ts';

interface Target {
  readonly row: RowName;
  readonly figure: string;
  /** Compare with the bare loop's figure of the same round instead of a number of its own. */
  readonly over_bare: boolean;
  readonly kind: 'at_most' | 'at_least';
  readonly value: number;
}

/** What the loader promises itself. Processor time carries over to other machines as a ratio. */
const targets: readonly Target[] = [
  { row: 'single', figure: 'cpu_us_per_hit', over_bare: true, kind: 'at_most', value: 1.6 },
  { row: 'bulk', figure: 'cpu_us_per_hit', over_bare: false, kind: 'at_most', value: 4 },
  {
    row: 'plan-plain',
    figure: 'visits_per_cpu_second',
    over_bare: false,
    kind: 'at_least',
    value: 60_000,
  },
  { row: 'in-flight-10k', figure: 'peak_mb', over_bare: false, kind: 'at_most', value: 250 },
  { row: 'in-flight-100k', figure: 'rss_mb', over_bare: false, kind: 'at_most', value: 250 },
];

export interface Judged extends Target {
  readonly found: number;
  readonly met: boolean;
}

/** The targets of the rows that were measured, by the median over the rounds. */
export function judge(readings: readonly Reading[]): Judged[] {
  return targets.flatMap((target) => {
    const { row, figure, over_bare, kind, value } = target;
    const spread = over_bare
      ? ratioOf(readings, row, 'bare', figure)
      : figuresOf(readings, row).get(figure);
    if (spread === null || spread === undefined) return [];
    const found = spread.median;
    return [{ ...target, found, met: kind === 'at_most' ? found <= value : found >= value }];
  });
}
