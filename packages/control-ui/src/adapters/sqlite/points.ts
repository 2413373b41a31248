import { z } from 'zod';
import type { SeriesPoint } from '../../ports/store/runs.ts';
import type { Database } from './connection.ts';
import { atMost, inBuckets } from './series.ts';

const columns = [
  'at_seconds',
  'seconds',
  'visits',
  'planned_visits',
  'accepted',
  'rejected',
  'failed',
  'unknown',
  'dropped',
  'in_flight',
  'p50_ms',
  'p95_ms',
  'p99_ms',
  'lateness_p95_ms',
] as const satisfies readonly (keyof SeriesPoint)[];

const pointRow = z.object({
  at_seconds: z.number(),
  seconds: z.number(),
  visits: z.number(),
  planned_visits: z.number(),
  accepted: z.number(),
  rejected: z.number(),
  failed: z.number(),
  unknown: z.number(),
  dropped: z.number(),
  in_flight: z.number(),
  p50_ms: z.number().nullable(),
  p95_ms: z.number().nullable(),
  p99_ms: z.number().nullable(),
  lateness_p95_ms: z.number().nullable(),
});

/** A run keeps so many points. */
const mostPoints = 2_000;

/** The stored series of runs, which are known here by their row. */
export class Points {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Within the caller's transaction. Returns the width of the run's buckets from now on, seconds. */
  append(run: number, width_seconds: number, points: readonly SeriesPoint[]): number {
    this.#merge(run, width_seconds, points);
    let width = width_seconds;
    while (this.#count(run) > mostPoints) {
      const all = this.#between(run, 0, Number.MAX_SAFE_INTEGER);
      width *= 2;
      this.#db.prepare('DELETE FROM points WHERE run = ?').run(run);
      this.#merge(run, width, all);
    }
    return width;
  }

  /** Between two times, `to` excluded; at most so many. */
  series(
    run: number,
    width_seconds: number,
    from: number,
    to: number,
    most: number,
  ): readonly SeriesPoint[] {
    return atMost(this.#between(run, from, to), most, width_seconds);
  }

  #merge(run: number, width_seconds: number, points: readonly SeriesPoint[]): void {
    const replace = this.#db.prepare(
      `INSERT OR REPLACE INTO points (run, ${columns.join(', ')}) VALUES (?, ${columns.map(() => '?').join(', ')})`,
    );
    for (const point of inBuckets(points, width_seconds)) {
      const there = this.#between(run, point.at_seconds, point.at_seconds + 1);
      for (const row of inBuckets([...there, point], width_seconds)) {
        replace.run(run, ...columns.map((name) => row[name]));
      }
    }
  }

  #between(run: number, from: number, to: number): readonly SeriesPoint[] {
    return z.array(pointRow).parse(
      this.#db
        .prepare(
          `SELECT ${columns.join(', ')} FROM points
             WHERE run = ? AND at_seconds >= ? AND at_seconds < ? ORDER BY at_seconds`,
        )
        .all(run, from, to),
    );
  }

  #count(run: number): number {
    return Number(this.#db.prepare('SELECT count(*) FROM points WHERE run = ?').pluck().get(run));
  }
}
