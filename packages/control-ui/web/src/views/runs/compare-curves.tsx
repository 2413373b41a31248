import { useMemo } from 'preact/hooks';
import { rate } from '../../format/numbers.ts';
import { spanOf } from '../../format/times.ts';
import { type Curve, Plot } from '../../parts/plots/plot.tsx';
import type { Point } from '../../parts/plots/points.ts';
import { ShowAll } from '../../parts/plots/show-all.tsx';
import { useZoom } from '../../parts/plots/zoom.ts';
import { Section } from '../../parts/section.tsx';
import { alignedOf, hitsPerSecond, nearest, p95Of, valuesOf } from './aligned.ts';

const ms = (value: number): string => (value >= 1_000 ? `${value / 1_000} s` : `${value} ms`);

/** Both over time, aligned at their start. */
export function CompareCurves(props: {
  readonly a: readonly Point[];
  readonly b: readonly Point[];
}) {
  const { a, b } = props;
  const curves = useMemo(() => alignedOf(a, b), [a, b]);
  const zoom = useZoom(curves.times);
  if (a.length < 2 && b.length < 2) {
    return (
      <Section title="Over time">
        <p class="dim">Both were too short for a graph: a point is ten seconds.</p>
      </Section>
    );
  }
  const moment = zoom.at === null ? curves.times.at(-1) : curves.times[zoom.at];
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
  const plot = { times: curves.times, elapsed: true, group: 'compare', zoom };
  const lines = (value: (point: Point) => number | null): Curve[] => [
    { label: 'A', colour: '--ink-2', dash: [6, 3], values: valuesOf(curves, 'a', value) },
    { label: 'B', colour: '--accent-fill', dash: [], values: valuesOf(curves, 'b', value) },
  ];
  return (
    <Section title="Over time" meta="both aligned at their start" act={<ShowAll zoom={zoom} />}>
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
        {legend(p95Of, (value) => ms(Math.round(value)))}
        <span class="u">log scale</span>
      </div>
      <Plot
        {...plot}
        label="Answer time p95 of both runs, logarithmic"
        height={130}
        axis
        log
        tick={ms}
        curves={lines(p95Of)}
      />
    </Section>
  );
}
