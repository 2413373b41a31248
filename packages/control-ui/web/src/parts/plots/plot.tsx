import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { colours_changed } from '../../app/theme.ts';
import { clockOf, spanOf } from '../../format/times.ts';
import type { PlotView } from './plot-view.ts';

/** A line, bars or a gap of a plot; `colour` is a token. */
export interface Curve {
  readonly label: string;
  readonly colour: string;
  readonly dash?: readonly number[];
  readonly bars?: boolean;
  /** null: a gap. undefined: a moment of another curve only; the line goes on. */
  readonly values: readonly (number | null | undefined)[];
}

export interface PlotProps {
  /** A sentence for those who cannot see it. */
  readonly label: string;
  /** Epoch seconds; seconds since a start where `elapsed` says so. */
  readonly times: readonly number[];
  readonly elapsed?: boolean;
  readonly curves: readonly Curve[];
  readonly height: number;
  readonly log?: boolean;
  /** The text of a tick. */
  readonly tick: (value: number) => string;
  /** The axis is drawn once, below the last plot. */
  readonly axis: boolean;
  /** Plots with the same key share their cursor. */
  readonly group: string;
  /** What it shares with the others of its group. */
  readonly view: PlotView;
}

/** One graph on a canvas; those of a group share time and cursor. */
export function Plot(props: PlotProps) {
  const holder = useRef<HTMLDivElement>(null);
  const drawn = useRef<uPlot | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const { range, cursor } = props.view;
  const shape = `${props.curves.map(({ label }) => label).join()}|${props.log}|${props.height}|${props.axis}|${colours_changed.value}`;

  // Only another shape needs another plot; new numbers are handed to the one that is there.
  useEffect(() => {
    const element = holder.current;
    if (element === null) return;
    const made = new uPlot(optionsOf(props, element, latest), dataOf(props), element);
    drawn.current = made;
    const resized = new ResizeObserver(() => {
      made.setSize({ width: element.clientWidth, height: props.height });
    });
    resized.observe(element);
    return () => {
      resized.disconnect();
      made.destroy();
      drawn.current = null;
    };
  }, [shape]);

  useEffect(() => {
    drawn.current?.setData(dataOf(props));
  }, [props.times, props.curves, range]);

  useEffect(() => {
    const plot = drawn.current;
    if (plot === null || cursor === null) return;
    moved = plot;
    plot.setCursor({ left: plot.valToPos(cursor, 'x'), top: 0 }, true);
    moved = null;
  }, [cursor, range, props.times]);

  return <div class="plot" ref={holder} role="img" aria-label={props.label} />;
}

/** The plot whose cursor is moved by keys just now, not by the pointer. */
let moved: uPlot | null = null;

function dataOf({ times, curves }: PlotProps): uPlot.AlignedData {
  return [[...times], ...curves.map(({ values }) => [...values])] as uPlot.AlignedData;
}

/** The colour that a token has now; a canvas knows no custom properties. */
function colourOf(element: Element, token: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${token})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

function optionsOf(
  props: PlotProps,
  element: HTMLElement,
  latest: { readonly current: PlotProps },
): uPlot.Options {
  const ink = colourOf(element, '--ink-3');
  const grid = { stroke: colourOf(element, '--grid'), width: 1 };
  const bars = uPlot.paths.bars?.({ size: [0.9, 6] });
  return {
    width: element.clientWidth || 600,
    height: props.height,
    // The same right edge for all of a group, whether they have the axis or not.
    padding: [8, 20, props.axis ? 0 : 7, 0],
    legend: { show: false },
    cursor: {
      sync: { key: props.group },
      drag: { x: true, y: false, setScale: false },
      bind: {
        dblclick: () => () => {
          latest.current.view.onRange(null);
          return null;
        },
      },
      points: { show: false },
      y: false,
    },
    scales: {
      x: {
        time: props.elapsed !== true,
        range: (_u, min, max) => [...(latest.current.view.range ?? [min, max])],
      },
      y: props.log
        ? { distr: 3, range: [1, 10_000] }
        : { range: (_u, _min, max) => [0, Math.max(max ?? 0, 1) * 1.1] },
    },
    axes: [
      {
        show: props.axis,
        stroke: ink,
        font: '11px system-ui, sans-serif',
        grid: { show: false },
        ticks: { show: false },
        size: 22,
        space: 84,
        values: (_u, splits) => splits.map(props.elapsed === true ? spanOf : clockOf(splits)),
      },
      {
        stroke: ink,
        font: '11px system-ui, sans-serif',
        grid,
        ticks: { show: false },
        size: 52,
        splits: props.log ? () => [1, 10, 100, 1_000, 10_000] : undefined,
        space: 34,
        values: (_u, splits) => splits.map((value) => (value === null ? '' : props.tick(value))),
      } as uPlot.Axis,
    ],
    series: [
      {},
      ...props.curves.map((curve): uPlot.Series => {
        const stroke = colourOf(element, curve.colour);
        return {
          label: curve.label,
          stroke,
          width: 1.5,
          spanGaps: false,
          points: { show: false },
          ...(curve.dash !== undefined && { dash: [...curve.dash] }),
          ...(curve.bars && bars !== undefined && { paths: bars, fill: stroke, width: 0 }),
        };
      }),
    ],
    hooks: {
      setCursor: [(plot) => latest.current.view.onCursor(plot.cursor.idx ?? null, moved !== plot)],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width < 4) return;
          const [from, to] = [left, left + width].map((at) => plot.posToVal(at, 'x'));
          if (from !== undefined && to !== undefined) latest.current.view.onRange([from, to]);
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
    },
  };
}
