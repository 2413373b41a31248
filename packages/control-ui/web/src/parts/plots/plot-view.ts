import { useRef, useState } from 'preact/hooks';
import { useKeys } from '../../app/keys.ts';

type Range = readonly [number, number];

/** What stacked plots share: the part of the time that is shown, and the moment one looks at. */
export interface PlotView {
  /** null: all of it. */
  readonly range: Range | null;
  /** The moment that keys moved the cursor to; null: it is where the pointer is. */
  readonly cursor: number | null;
  readonly onRange: (range: Range | null) => void;
  readonly onCursor: (at: number | null, byPointer: boolean) => void;
}

/** Zoomed in no closer than this many steps from point to point. */
const fewest = 3;

/**
 * Cursor and zoom over `times`: `←` `→` move the cursor, `+` `−` zoom around it, `0` shows all, and live, again.
 * `at` is the number of the point under the cursor.
 */
export function usePlotView(
  times: readonly number[],
): PlotView & { readonly at: number | null; readonly reset: () => void } {
  const [range, setRange] = useState<Range | null>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const [at, setAt] = useState<number | null>(null);
  const first = times[0] ?? 0;
  const last = times.at(-1) ?? 0;
  const shown = useRef<Range>([first, last]);
  shown.current = range ?? [first, last];

  const move = (by: 1 | -1) => {
    const [from, to] = shown.current;
    const inside = times.flatMap((time, index) => (time >= from && time <= to ? [index] : []));
    const now = cursor === null ? at : times.indexOf(cursor);
    const place = now === null ? -1 : inside.indexOf(now);
    // Without a cursor one looks at the last moment.
    const next = inside[Math.min((place < 0 ? inside.length - 1 : place) + by, inside.length - 1)];
    const time = next === undefined ? undefined : times[next];
    if (time !== undefined) setCursor(time);
  };
  const zoom = (factor: number) => {
    const [from, to] = shown.current;
    const least = ((last - first) / Math.max(1, times.length - 1)) * fewest;
    const width = Math.max((to - from) * factor, Math.min(least, last - first));
    if (width >= last - first) return setRange(null);
    const middle = cursor ?? (at === null ? to : (times[at] ?? to));
    const start = Math.min(Math.max(middle - width / 2, first), last - width);
    setRange([start, start + width]);
  };
  const reset = () => {
    setRange(null);
    setCursor(null);
    setAt(null);
  };
  const has = times.length > 1;
  useKeys(
    has
      ? {
          ArrowLeft: () => move(-1),
          ArrowRight: () => move(1),
          '+': () => zoom(0.5),
          '-': () => zoom(2),
          '0': reset,
        }
      : {},
  );
  return {
    range,
    cursor,
    at: at !== null && at < times.length ? at : null,
    reset,
    onRange: setRange,
    onCursor: (index, byPointer) => {
      if (byPointer) setCursor(null);
      setAt(index);
    },
  };
}
