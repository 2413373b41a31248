import type { RunRecord } from '@trafficinator/contract/rest';
import { useMemo } from 'preact/hooks';
import { useLoaded } from '../../app/loaded.ts';
import { rate } from '../../format/numbers.ts';
import { spanOf } from '../../format/times.ts';
import { type Curve, Plot } from '../../parts/plots/plot.tsx';
import { usePlotView } from '../../parts/plots/plot-view.ts';
import { type Point, withGaps } from '../../parts/plots/points.ts';
import { Section } from '../../parts/section.tsx';

interface Curves {
  /** Seconds since the start of each. */
  readonly times: readonly number[];
  readonly a: ReadonlyMap<number, Point | null>;
  readonly b: ReadonlyMap<number, Point | null>;
}

const hitsPerSecond = (point: Point): number => point.accepted / Math.max(1, point.seconds);
const p95 = (point: Point): number | null =>
  point.p95_ms === null ? null : Math.max(1, point.p95_ms);
const ms = (value: number): string => (value >= 1_000 ? `${value / 1_000} s` : `${value} ms`);

/** Both over time, aligned at their start. */
export function CompareCurves({ a, b }: { readonly a: RunRecord; readonly b: RunRecord }) {
  const first = useSeries(a.id);
  const second = useSeries(b.id);
  const curves = useMemo(() => alignedOf(first, second), [first, second]);
  const view = usePlotView(curves.times);
  const { at } = view;
  if (first.length < 2 && second.length < 2) {
    return (
      <Section title="Over time">
        <p class="dim">Both were too short for a graph: a point is ten seconds.</p>
      </Section>
    );
  }
  const moment = at === null ? curves.times.at(-1) : curves.times[at];
  const legend = (value: (point: Point) => number | null, text: (value: number) => string) =>
    (['a', 'b'] as const).map((side) => {
      const point = moment === undefined ? null : nearest(curves[side], moment);
      const shown = point === null ? null : value(point);
      return (
        <span key={side} class="leg">
          <i class={`key ${side === 'a' ? 'dash o-ink' : 'o-accent'}`} />
          {side.toUpperCase()} <b>{shown === null ? '–' : text(shown)}</b>
        </span>
      );
    });
  const plot = { times: curves.times, elapsed: true, group: 'compare', view };
  const lines = (value: (point: Point) => number | null) => [
    curveOf('A', '--ink-2', [6, 3], curves.times, curves.a, value),
    curveOf('B', '--accent-fill', [], curves.times, curves.b, value),
  ];
  return (
    <Section title="Over time" meta="both aligned at their start">
      <div class="plot-head">
        <h3>Accepted hits per second</h3>
        {legend(hitsPerSecond, (value) => `${rate(value)} /s`)}
        <span class="sp" />
        {moment !== undefined && <span class="now-tag">{spanOf(moment)} after the start</span>}
      </div>
      <Plot
        {...plot}
        label="Accepted hits per second of both runs"
        height={110}
        axis={false}
        tick={String}
        curves={lines(hitsPerSecond)}
      />
      <div class="plot-head">
        <h3>Answer time p95</h3>
        {legend(p95, (value) => ms(Math.round(value)))}
        <span class="u">log scale</span>
      </div>
      <Plot
        {...plot}
        label="Answer time p95 of both runs, logarithmic"
        height={130}
        axis
        log
        tick={ms}
        curves={lines(p95)}
      />
    </Section>
  );
}

function useSeries(id: string): readonly Point[] {
  const { value } = useLoaded<{ points: readonly Point[] }>(`/api/runs/${id}/series?points=600`);
  return useMemo(() => value?.points ?? [], [value]);
}

/** The points of both by their seconds since the start; null where a gap is. */
function alignedOf(a: readonly Point[], b: readonly Point[]): Curves {
  const byTime = (points: readonly Point[]) => {
    const start = points[0]?.at_seconds ?? 0;
    const filled = withGaps(points);
    return new Map(
      filled.map((point, at) => [
        (point?.at_seconds ?? (filled[at - 1]?.at_seconds ?? 0) + 1) - start,
        point,
      ]),
    );
  };
  const [first, second] = [byTime(a), byTime(b)];
  const times = [...new Set([...first.keys(), ...second.keys()])].toSorted((x, y) => x - y);
  return { times, a: first, b: second };
}

function curveOf(
  label: string,
  colour: string,
  dash: readonly number[],
  times: readonly number[],
  points: ReadonlyMap<number, Point | null>,
  value: (point: Point) => number | null,
): Curve {
  const values = times.map((time) => {
    const point = points.get(time);
    return point === undefined ? undefined : point === null ? null : value(point);
  });
  return { label, colour, dash, values };
}

function nearest(points: ReadonlyMap<number, Point | null>, moment: number): Point | null {
  let found: Point | null = null;
  for (const [time, point] of points) {
    if (time > moment) break;
    found = point;
  }
  return found;
}
