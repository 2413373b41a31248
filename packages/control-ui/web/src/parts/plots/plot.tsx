import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { colours_changed } from '../../app/theme.ts';
import { clockOf, spanOf } from '../../format/times.ts';
import type { Zoom } from './zoom.ts';

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
  readonly zoom: Zoom;
}

/** A drag that is shorter is a click. */
const leastDrag_px = 6;

/** One graph on a canvas; those of a group share time and cursor. */
export function Plot(props: PlotProps) {
  const holder = useRef<HTMLDivElement>(null);
  const drawn = useRef<uPlot | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const shape = `${props.curves.map(({ label }) => label).join()}|${props.log}|${props.height}|${props.axis}|${colours_changed.value}`;

  // Only another shape needs another plot; new numbers are handed to the one that is there.
  useEffect(() => {
    const element = holder.current;
    if (element === null) return;
    const made = new uPlot(optionsOf(latest, element), dataOf(props), element);
    drawn.current = made;
    const resized = new ResizeObserver(() => {
      quietly(made, () => made.setSize({ width: element.clientWidth, height: props.height }));
    });
    resized.observe(element);
    return () => {
      resized.disconnect();
      made.destroy();
      drawn.current = null;
    };
  }, [shape]);

  const { at, setAt } = props.zoom;
  // The values change with the times; curves that say the same as before are not drawn again.
  useEffect(() => {
    const made = drawn.current;
    if (made === null) return;
    quietly(made, () => made.setData(dataOf(props)));
    // Another moment came to lie under a pointer that rests.
    if (made.over.matches(':hover')) setAt(made.cursor.idx ?? null);
  }, [props.times, props.zoom.span?.join()]);

  useEffect(() => {
    const made = drawn.current;
    if (made === null || at === made.cursor.idx) return;
    const time = at === null ? undefined : props.times[at];
    const left = time === undefined ? -10 : made.valToPos(time, 'x');
    made.setCursor({ left, top: 0 }, false);
  }, [at]);

  return <div class="plot" ref={holder} role="img" aria-label={props.label} />;
}

/** Plots that change by themselves: where their cursors come to lie then is nobody's wish. */
const changing = new WeakSet<uPlot>();

/**
 * Changes a plot at once, without telling of its cursor: plots of a group that each told of theirs would
 * contradict one another without an end.
 */
function quietly(plot: uPlot, change: () => void): void {
  changing.add(plot);
  plot.batch(change);
  changing.delete(plot);
}

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

function optionsOf(latest: { readonly current: PlotProps }, element: HTMLElement): uPlot.Options {
  const props = latest.current;
  const ink = colourOf(element, '--ink-3');
  const grid = { stroke: colourOf(element, '--grid'), width: 1 };
  const bars = uPlot.paths.bars?.({ size: [0.9, 6] });
  return {
    width: element.clientWidth || 600,
    height: props.height,
    // The same right edge for all of a group, whether they have the axis or not.
    padding: [8, 30, props.axis ? 0 : 7, 0],
    legend: { show: false },
    cursor: {
      // The cursor is shared; a drag ends where it began, and its zoom comes back through the view.
      sync: { key: props.group, filters: { pub: isMove, sub: isMove } },
      drag: { x: true, y: false, setScale: false, dist: leastDrag_px },
      bind: {
        dblclick: () => () => {
          latest.current.zoom.setSpan(null);
          return null;
        },
      },
      points: { show: false },
      y: false,
    },
    scales: {
      x: {
        time: props.elapsed !== true,
        range: (_u, min, max) => [...(latest.current.zoom.span ?? [min, max])],
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
        space: Math.min(34, props.height / 3),
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
      setCursor: [
        (plot) => {
          if (!changing.has(plot)) latest.current.zoom.setAt(plot.cursor.idx ?? null);
        },
      ],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width < leastDrag_px) return;
          const span = [plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x')] as const;
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          latest.current.zoom.setSpan(span);
        },
      ],
    },
  };
}

const isMove = (type: string): boolean => type === 'mousemove' || type === 'mouseleave';
