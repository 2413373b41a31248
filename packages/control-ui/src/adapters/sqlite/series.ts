import type { SeriesPoint } from '../../ports/store/runs.ts';

/**
 * Points in buckets of so many seconds, which start at whole multiples of it, in order of time. How points of
 * one bucket become one is told at `SeriesPoint`.
 */
export function inBuckets(points: readonly SeriesPoint[], width_seconds: number): SeriesPoint[] {
  const buckets = new Map<number, SeriesPoint>();
  for (const point of points) {
    const at_seconds = Math.floor(point.at_seconds / width_seconds) * width_seconds;
    const found = buckets.get(at_seconds);
    const own = { ...point, at_seconds, seconds: Math.min(width_seconds, point.seconds) };
    buckets.set(at_seconds, found === undefined ? own : merged(found, own, width_seconds));
  }
  return [...buckets.values()].toSorted((a, b) => a.at_seconds - b.at_seconds);
}

/** The narrowest buckets, in whole multiples of `stored_seconds`, that make no more than `most` points. */
export function atMost(
  points: readonly SeriesPoint[],
  most: number,
  stored_seconds: number,
): SeriesPoint[] {
  const span_seconds = (points.at(-1)?.at_seconds ?? 0) - (points[0]?.at_seconds ?? 0);
  let multiple = Math.max(1, Math.ceil(span_seconds / (stored_seconds * Math.max(1, most))));
  let merge = inBuckets(points, multiple * stored_seconds);
  // Buckets start at multiples of their width, so the first guess can be one bucket short.
  while (merge.length > Math.max(1, most)) merge = inBuckets(points, ++multiple * stored_seconds);
  return merge;
}

function merged(a: SeriesPoint, b: SeriesPoint, width_seconds: number): SeriesPoint {
  return {
    at_seconds: a.at_seconds,
    seconds: Math.min(width_seconds, a.seconds + b.seconds),
    visits: a.visits + b.visits,
    planned_visits: a.planned_visits + b.planned_visits,
    accepted: a.accepted + b.accepted,
    rejected: a.rejected + b.rejected,
    failed: a.failed + b.failed,
    unknown: a.unknown + b.unknown,
    dropped: a.dropped + b.dropped,
    in_flight: Math.max(a.in_flight, b.in_flight),
    p50_ms: weighted(a, b),
    p95_ms: highest(a.p95_ms, b.p95_ms),
    p99_ms: highest(a.p99_ms, b.p99_ms),
    lateness_p95_ms: highest(a.lateness_p95_ms, b.lateness_p95_ms),
  };
}

const highest = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b);

/** Hits that were sent: those have an answer time. */
const sent = (p: SeriesPoint): number => p.accepted + p.rejected + p.failed + p.unknown;

function weighted(a: SeriesPoint, b: SeriesPoint): number | null {
  if (a.p50_ms === null || b.p50_ms === null) return a.p50_ms ?? b.p50_ms;
  const hits = sent(a) + sent(b);
  if (hits === 0) return (a.p50_ms + b.p50_ms) / 2;
  return (a.p50_ms * sent(a) + b.p50_ms * sent(b)) / hits;
}
