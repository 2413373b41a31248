import type { RowName } from './rows/row.ts';
import type { Figures } from './warm-window.ts';

/** One row's figures in one round. */
export interface Reading {
  readonly round: number;
  readonly row: RowName;
  readonly figures: Figures;
}

/** Least, middle and most of several rounds. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** The order of a round: another row begins each time, so that none always runs after the same one. */
export function rotated<T>(items: readonly T[], round: number): T[] {
  const from = items.length === 0 ? 0 : round % items.length;
  return [...items.slice(from), ...items.slice(0, from)];
}

/** The middle of the values, the mean of the middle two when their number is even. Throws when there is none. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const last = sorted.length - 1;
  if (last < 0) throw new RangeError('there is no spread of nothing');
  const at = (n: number) => sorted[n] as number;
  return {
    min: at(0),
    median: (at(Math.floor(last / 2)) + at(Math.ceil(last / 2))) / 2,
    max: at(last),
  };
}

/** Every figure of a row over all rounds. */
export function figuresOf(readings: readonly Reading[], row: RowName): Map<string, Spread> {
  const own = readings.filter((reading) => reading.row === row);
  const names = new Set(own.flatMap(({ figures }) => Object.keys(figures)));
  return new Map(
    [...names].map((name) => [name, spreadOf(own.flatMap(({ figures }) => figures[name] ?? []))]),
  );
}

/** A figure of a row over the same figure of the baseline in the same round; null when a round lacks either. */
export function ratioOf(
  readings: readonly Reading[],
  row: RowName,
  baseline: RowName,
  figure: string,
): Spread | null {
  const of = (name: RowName, round: number) =>
    readings.find((one) => one.row === name && one.round === round)?.figures[figure];
  const rounds = [...new Set(readings.map(({ round }) => round))];
  const ratios = rounds.flatMap((round) => {
    const [value, base] = [of(row, round), of(baseline, round)];
    return value === undefined || base === undefined ? [] : [value / base];
  });
  return ratios.length === 0 ? null : spreadOf(ratios);
}
