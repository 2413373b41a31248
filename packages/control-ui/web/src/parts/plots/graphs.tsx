import { useMemo } from 'preact/hooks';
import { rate } from '../../format/numbers.ts';
import { timeOf } from '../../format/times.ts';
import { Glyph } from '../glyph.tsx';
import { Plot } from './plot.tsx';
import { usePlotView } from './plot-view.ts';
import { type Point, withGaps } from './points.ts';
import { PointsTable } from './points-table.tsx';

const bad = ['rejected', 'failed', 'unknown', 'dropped'] as const;
const latencies = [
  ['p50', 'p50_ms', '--p50', []],
  ['p95', 'p95_ms', '--p95', [6, 3]],
  ['p99', 'p99_ms', '--p99', [2, 2]],
] as const;
const ms = (value: number): string => (value >= 1_000 ? `${value / 1_000} s` : `${value} ms`);

/** Stacked small graphs on one time axis and one cursor. */
export function Graphs(props: { readonly points: readonly Point[]; readonly group: string }) {
  const { points, group } = props;
  const filled = useMemo(() => withGaps(points), [points]);
  const times = useMemo(() => timesOf(filled), [filled]);
  const view = usePlotView(times);
  const { at } = view;
  const of = (value: (point: Point) => number | null) =>
    filled.map((point) => (point === null ? null : value(point)));
  const shown = filled[at ?? filled.length - 1] ?? points.at(-1) ?? null;
  // A backfill does not measure how long answers take.
  const isTimed = points.some(({ p50_ms }) => p50_ms !== null);
  const plot = { times, group, view };
  const perSecond = (point: Point | null, value: number) =>
    point === null ? '–' : `${rate(value / Math.max(1, point.seconds))} /s`;
  return (
    <div class="plots">
      <div class="plot-head">
        <h3>Hits per second</h3>
        <span class="leg">
          <i class="key o-accepted" />
          accepted <b>{perSecond(shown, shown?.accepted ?? 0)}</b>
        </span>
        <span class="sp" />
        {view.range !== null && (
          <button type="button" class="link small" onClick={view.reset}>
            Back to live
          </button>
        )}
        {shown !== null && <span class="now-tag">at {timeOf(shown.at_seconds * 1000)}</span>}
      </div>
      <Plot
        {...plot}
        label="Accepted hits per second"
        height={122}
        axis={false}
        tick={(value) => String(value)}
        curves={[
          {
            label: 'accepted',
            colour: '--accepted-fill',
            values: of((point) => point.accepted / Math.max(1, point.seconds)),
          },
        ]}
      />
      <div class="plot-head">
        <h3>Not accepted, hits per 10 s</h3>
        {bad.map((name) => (
          <span key={name} class="leg">
            <Glyph name={name} tone={name} />
            {name} <b>{shown?.[name] ?? 0}</b>
          </span>
        ))}
      </div>
      <Plot
        {...plot}
        label="Hits that were not accepted, by outcome"
        height={isTimed ? 66 : 88}
        axis={!isTimed}
        tick={(value) => String(value)}
        curves={bad.map((name, index) => ({
          label: name,
          colour: `--${name}-fill`,
          bars: true,
          // Stacked: the highest first, so that each lower one is drawn over it.
          values: of((point) => bad.slice(index).reduce((sum, each) => sum + point[each], 0)),
        }))}
      />
      {isTimed && (
        <>
          <div class="plot-head">
            <h3>Latency</h3>
            {latencies.map(([name, key]) => (
              <span key={name} class="leg">
                {name} <b>{shown?.[key] == null ? '–' : ms(Math.round(shown[key]))}</b>
              </span>
            ))}
            <span class="u">log scale</span>
          </div>
          <Plot
            {...plot}
            label="Latency percentiles, logarithmic"
            height={104}
            axis
            log
            tick={ms}
            curves={latencies.map(([name, key, colour, dash]) => ({
              label: name,
              colour,
              dash,
              values: of((point) => (point[key] === null ? null : Math.max(1, point[key]))),
            }))}
          />
        </>
      )}
      <PointsTable points={points} />
    </div>
  );
}

/** A gap stands between its neighbours. */
function timesOf(filled: readonly (Point | null)[]): number[] {
  return filled.map((point, at) =>
    point === null ? (filled[at - 1]?.at_seconds ?? 0) + 1 : point.at_seconds,
  );
}
