import type { RunComparison } from '@trafficinator/contract/rest';

const names = ['p50', 'p95', 'p99', 'max'] as const;
const [width, height, left, right, above, below] = [320, 168, 48, 14, 8, 22];

/** Where everything of the graph “answer time by percentile” stands, in its own units. */
export interface PercentileCurve {
  readonly box: string;
  readonly left: number;
  readonly right: number;
  /** Decades of milliseconds. */
  readonly ticks: readonly { readonly y: number; readonly text: string }[];
  readonly marks: readonly { readonly x: number; readonly y: number; readonly text: string }[];
  readonly lines: readonly {
    readonly side: 'a' | 'b';
    readonly path: string;
    readonly dots: readonly (readonly [number, number])[];
  }[];
}

/** null: not both were timed. */
export function percentileCurve({ numbers }: RunComparison): PercentileCurve | null {
  const of = (side: 'a' | 'b') =>
    names.map((name) => numbers.find(({ path }) => path === `response_ms.${name}`)?.[side] ?? null);
  const sides = [
    { side: 'a', values: of('a') },
    { side: 'b', values: of('b') },
  ] as const;
  if (sides.some(({ values }) => values.includes(null))) return null;
  const all = sides.flatMap(({ values }) => values.map((value) => Math.max(1, value ?? 1)));
  const low = Math.floor(Math.log10(Math.min(...all)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...all))));
  const x = (at: number) => left + ((width - left - right) * at) / (names.length - 1);
  const y = (value: number) => {
    const part = (Math.log10(Math.max(1, value)) - low) / (high - low);
    return Math.round(10 * (height - below - part * (height - above - below))) / 10;
  };
  const decades = Array.from({ length: high - low + 1 }, (_, at) => 10 ** (low + at));
  return {
    box: `0 0 ${width} ${height}`,
    left,
    right: width - right,
    ticks: decades.map((value) => ({
      y: y(value),
      text: value >= 1_000 ? `${value / 1_000} s` : `${value} ms`,
    })),
    marks: names.map((text, at) => ({ x: x(at), y: height - 4, text })),
    lines: sides.map(({ side, values }) => {
      const dots = values.map((value, at) => [x(at), y(value ?? 1)] as const);
      return { side, dots, path: `M${dots.map((dot) => dot.join(' ')).join('L')}` };
    }),
  };
}
