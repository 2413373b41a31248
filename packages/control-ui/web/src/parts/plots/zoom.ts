import { useState } from 'preact/hooks';
import { useKeys } from '../../app/keys.ts';
import { place, setQuery } from '../../app/router.ts';

/** A part of the time axis, in its own seconds. */
type Span = readonly [number, number];

export interface Zoom {
  /** null: all there is. */
  readonly span: Span | null;
  readonly setSpan: (span: Span | null) => void;
  /** The point that the cursor is at, by mouse or by keys; null: none. */
  readonly at: number | null;
  readonly setAt: (at: number | null) => void;
}

/**
 * Zoom and cursor of the graphs of a view. The zoom is in the address; `← →` move the cursor, `+ −` zoom around
 * it, and `0` shows all again.
 */
export function useZoom(times: readonly number[]): Zoom {
  const [at, setAt] = useState<number | null>(null);
  const span = spanOfText(place.value.query.get('zoom'));
  const setSpan = (next: Span | null) =>
    setQuery({ zoom: next === null ? null : next.map(Math.round).join('-') });
  const [first, last] = [times[0] ?? 0, times.at(-1) ?? 0];
  const [from, to] = span ?? [first, last];
  const inSight = (index: number) => {
    const time = times[index];
    return time !== undefined && time >= from && time <= to;
  };
  const step = (by: number) => {
    const end = times.findLastIndex((time) => time <= to);
    // Without a cursor one looks at the last moment.
    const next = Math.min((at ?? end) + by, end);
    if (inSight(next)) setAt(next);
  };
  const scale = (by: number) => {
    const middle = (at === null ? undefined : times[at]) ?? (from + to) / 2;
    const width = Math.max(leastZoom_seconds, (to - from) * by);
    if (width >= last - first) return setSpan(null);
    const start = Math.min(Math.max(middle - width / 2, first), last - width);
    setSpan([start, start + width]);
  };
  const has = times.length > 1;
  useKeys(
    has
      ? {
          ArrowLeft: () => step(-1),
          ArrowRight: () => step(1),
          '+': () => scale(0.5),
          '-': () => scale(2),
          0: () => {
            setSpan(null);
            setAt(null);
          },
        }
      : {},
  );
  return { span, setSpan, at, setAt };
}

const leastZoom_seconds = 60;

function spanOfText(text: string | null): Span | null {
  const [, from, to] = /^(\d+)-(\d+)$/.exec(text ?? '') ?? [];
  if (from === undefined || to === undefined || Number(from) >= Number(to)) return null;
  return [Number(from), Number(to)];
}
