import { type Point, withGaps } from '../../parts/plots/points.ts';

/** Two runs on one axis: seconds since the start of each, and the points that lie there. */
export interface Aligned {
  readonly times: readonly number[];
  readonly a: ReadonlyMap<number, Point | null>;
  readonly b: ReadonlyMap<number, Point | null>;
}

type Value = (point: Point) => number | null;
export const hitsPerSecond: Value = (point) => point.accepted / Math.max(1, point.seconds);
export const p95Of: Value = ({ p95_ms }) => (p95_ms === null ? null : Math.max(1, p95_ms));

/** The points of both by their seconds since the start; null where a gap is. */
export function alignedOf(a: readonly Point[], b: readonly Point[]): Aligned {
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

/** One run's values at the moments of both; undefined: a moment of the other one only. */
export const valuesOf = (
  { times, ...sides }: Aligned,
  side: 'a' | 'b',
  value: Value,
): (number | null | undefined)[] =>
  times.map((time) => {
    const point = sides[side].get(time);
    return point === undefined ? undefined : point === null ? null : value(point);
  });

/** The last point at or before a moment. */
export function nearest(points: ReadonlyMap<number, Point | null>, moment: number): Point | null {
  let found: Point | null = null;
  for (const [time, point] of points) {
    if (time > moment) break;
    found = point;
  }
  return found;
}
