import type { Machine } from './machine.ts';
import { figuresOf, type Reading, ratioOf, type Spread } from './rounds.ts';
import { rowNames } from './rows/row.ts';
import type { Judged } from './targets.ts';

/** The readings as a text for a terminal: each figure as least, median and most of the rounds. */
export function reportText(
  machine: Machine,
  readings: readonly Reading[],
  judged: readonly Judged[],
): string {
  const lines = [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memory_gb} GB, ${machine.kernel}, ${machine.system}, Node ${machine.node}, load ${machine.load.toFixed(1)}, ${machine.taken_at}`,
  ];
  for (const row of rowNames) {
    const figures = figuresOf(readings, row);
    if (figures.size === 0) continue;
    lines.push('', row);
    for (const [name, spread] of figures) lines.push(`  ${name.padEnd(24)} ${spreadText(spread)}`);
    const ratio = row === 'bare' ? null : ratioOf(readings, row, 'bare', 'cpu_us_per_hit');
    if (ratio !== null) lines.push(`  ${'× bare'.padEnd(24)} ${spreadText(ratio)}`);
  }
  if (judged.length > 0) lines.push('');
  for (const { row, figure, over_bare, kind, value, found, met } of judged) {
    const what = `${row} ${figure}${over_bare ? ' × bare' : ''}`;
    const wanted = kind === 'at_most' ? `at most ${value}` : `at least ${value}`;
    lines.push(`${met ? 'met   ' : 'MISSED'}  ${what}: ${number(found)}, wanted ${wanted}`);
  }
  return `${lines.join('\n')}\n`;
}

const spreadText = ({ min, median, max }: Spread): string =>
  [min, median, max].map((value) => number(value).padStart(12)).join('');

const number = (value: number): string =>
  Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
