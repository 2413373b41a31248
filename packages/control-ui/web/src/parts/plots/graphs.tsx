import { useMemo } from 'preact/hooks';
import { rate } from '../../format/numbers.ts';
import { timeOf } from '../../format/times.ts';
import { Glyph } from '../glyph.tsx';
import { Leg, PlotHead } from './legend.tsx';
import { type Curve, Plot } from './plot.tsx';
import { type Point, timesOf, withGaps } from './points.ts';
import { PointsTable } from './points-table.tsx';
import { ShowAll } from './show-all.tsx';
import { useZoom } from './zoom.ts';

const bad = ['rejected', 'failed', 'unknown', 'dropped'] as const;
const latencies = [
  ['p50', 'p50_ms', '--p50', [], 'o-p50'],
  ['p95', 'p95_ms', '--p95', [6, 3], 'dash o-p95'],
  ['p99', 'p99_ms', '--p99', [2, 2], 'dot o-p99'],
] as const;
const ms = (value: number): string => (value >= 1_000 ? `${value / 1_000} s` : `${value} ms`);
const wholeMs = (value: number | null | undefined): string =>
  value == null ? '–' : ms(Math.round(value));
const planned = { label: 'planned', colour: '--plan', dash: [5, 3] };

type Value = (point: Point) => number | null;
const each = (value: number, { seconds }: Point): number => value / Math.max(1, seconds);

/** Stacked small graphs on one time axis and one cursor. */
export function Graphs(props: { readonly points: readonly Point[]; readonly group: string }) {
  const { points, group } = props;
  const filled = useMemo(() => withGaps(points), [points]);
  const times = useMemo(() => timesOf(filled), [filled]);
  const zoom = useZoom(times);
  const of = (value: Value) => filled.map((point) => (point === null ? null : value(point)));
  const latest = filled[filled.length - 1] ?? points.at(-1) ?? null;
  const shown = zoom.at === null ? latest : (filled[zoom.at] ?? null);
  // A backfill does not measure how long answers take, and its visits do not arrive by a clock.
  const isTimed = points.some(({ p50_ms }) => p50_ms !== null);
  const plot = { times, group, zoom };
  const perSecond = (value: Value) => {
    const number = shown === null ? null : value(shown);
    return number === null ? '–' : `${rate(number)} /s`;
  };
  const curve = (base: Omit<Curve, 'values'>, value: Value): Curve => ({
    ...base,
    values: of(value),
  });
  const settled: Value = (point) =>
    each(
      bad.reduce((sum, name) => sum + point[name], point.accepted),
      point,
    );
  const accepted: Value = (point) => each(point.accepted, point);
  const due: Value = (point) => each(point.planned_visits, point);
  const done: Value = (point) => each(point.visits, point);
  return (
    <div class="plots">
      <PlotHead title="Hits per second">
        <Leg look="dash o-plan" name="with an outcome" value={perSecond(settled)} />
        <Leg look="o-accepted" name="accepted" value={perSecond(accepted)} />
        <span class="sp" />
        {shown !== null && <span class="now-tag">at {timeOf(shown.at_seconds * 1000)}</span>}
        <ShowAll zoom={zoom} />
      </PlotHead>
      <Plot
        {...plot}
        label="Hits per second: with an outcome, and accepted"
        height={116}
        axis={false}
        tick={String}
        curves={[
          curve({ ...planned, label: 'with an outcome' }, settled),
          curve({ label: 'accepted', colour: '--accepted-fill' }, accepted),
        ]}
      />
      {isTimed && (
        <>
          <PlotHead title="Visits per second">
            <Leg look="dash o-plan" name="planned" value={perSecond(due)} />
            <Leg look="o-accent" name="ended" value={perSecond(done)} />
          </PlotHead>
          <Plot
            {...plot}
            label="Visits per second: planned, and ended"
            height={72}
            axis={false}
            tick={String}
            curves={[curve(planned, due), curve({ label: 'ended', colour: '--accent-fill' }, done)]}
          />
        </>
      )}
      <PlotHead title="Not accepted, hits per point">
        {bad.map((name) => (
          <span key={name} class="leg">
            <Glyph name={name} tone={name} />
            {name} <b>{shown?.[name] ?? 0}</b>
          </span>
        ))}
      </PlotHead>
      <Plot
        {...plot}
        label="Hits that were not accepted, by outcome"
        height={isTimed ? 66 : 88}
        axis={!isTimed}
        tick={String}
        curves={bad.map((name, index) => ({
          label: name,
          colour: `--${name}-fill`,
          bars: true,
          // Stacked: the highest first, so that each lower one is drawn over it.
          values: of((point) => bad.slice(index).reduce((sum, other) => sum + point[other], 0)),
        }))}
      />
      {isTimed && (
        <>
          <PlotHead title="Answer time" scale="log scale">
            {latencies.map(([name, key, , , look]) => (
              <Leg key={name} look={look} name={name} value={wholeMs(shown?.[key])} />
            ))}
          </PlotHead>
          <Plot
            {...plot}
            label="Percentiles of the answer time, logarithmic"
            height={104}
            axis={false}
            log
            tick={ms}
            curves={latencies.map(([name, key, colour, dash]) =>
              curve({ label: name, colour, dash }, (point) =>
                point[key] === null ? null : Math.max(1, point[key]),
              ),
            )}
          />
          <PlotHead title="Lateness" scale="behind the planned moment">
            <Leg look="o-p95" name="p95" value={wholeMs(shown?.lateness_p95_ms)} />
          </PlotHead>
          <Plot
            {...plot}
            label="Lateness of the sending, p95"
            height={78}
            axis
            tick={ms}
            curves={[curve({ label: 'p95', colour: '--p95' }, (point) => point.lateness_p95_ms)]}
          />
        </>
      )}
      <PointsTable points={points} />
    </div>
  );
}
