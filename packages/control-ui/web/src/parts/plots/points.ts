/** One bucket of a run's series, as /api/runs/{id}/series tells it. */
export interface Point {
  readonly at_seconds: number;
  readonly seconds: number;
  readonly visits: number;
  readonly planned_visits: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly failed: number;
  readonly unknown: number;
  readonly dropped: number;
  readonly in_flight: number;
  readonly p50_ms: number | null;
  readonly p95_ms: number | null;
  readonly p99_ms: number | null;
  readonly lateness_p95_ms: number | null;
}

/** Missing data is a gap: a bucket without numbers between two that are apart. */
export function withGaps(points: readonly Point[]): readonly (Point | null)[] {
  const filled: (Point | null)[] = [];
  for (const [at, point] of points.entries()) {
    const before = points[at - 1];
    if (
      before !== undefined &&
      point.at_seconds - before.at_seconds > 3 * Math.max(10, before.seconds)
    ) {
      filled.push(null);
    }
    filled.push(point);
  }
  return filled;
}

/** The points of the last `span_seconds`; null: all. */
export function latestOf(
  points: readonly Point[],
  now_ms: number,
  span_seconds: number | null,
): readonly Point[] {
  if (span_seconds === null) return points;
  const from = now_ms / 1000 - span_seconds;
  return points.filter(({ at_seconds }) => at_seconds >= from);
}

/** The moments of points; a gap stands between its neighbours. */
export const timesOf = (filled: readonly (Point | null)[]): number[] =>
  filled.map((point, at) =>
    point === null ? (filled[at - 1]?.at_seconds ?? 0) + 1 : point.at_seconds,
  );
