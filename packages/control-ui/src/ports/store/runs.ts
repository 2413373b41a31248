import type { Page, PageQuery } from './kept.ts';

export const runKinds = ['live', 'backfill'] as const;
export type RunKind = (typeof runKinds)[number];
/** lost: the loader vanished without telling its end. */
export const runEnds = ['finished', 'stopped', 'failed', 'lost'] as const;
export type RunEnd = (typeof runEnds)[number];

/** One run, from start to end. */
export interface Run {
  /** `run-` and 12 letters and digits. */
  readonly id: string;
  readonly kind: RunKind;
  readonly name: string | null;
  /** Ids of the instances that carry it: one, or a shard each. */
  readonly instances: readonly string[];
  /** Name of the key that started it. */
  readonly started_by: string;
  readonly started_at: string;
  readonly ended_at: string | null;
  readonly end: RunEnd | null;
  /** One sentence, or null. */
  readonly reason: string | null;
  /** As it ran, secrets masked. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly preset: string | null;
  /** The loader's own closing summary or report (of all shards, summed by the service), or null. */
  readonly result: Readonly<Record<string, unknown>> | null;
}

/**
 * One bucket of a run's time series; nulls where nothing was measured. Where buckets are merged, counts are
 * summed, `in_flight`, `p95_ms`, `p99_ms` and `lateness_p95_ms` are the highest of them (percentiles cannot be
 * merged; these are never told too low), and `p50_ms` is their mean, weighted by hits.
 */
export interface SeriesPoint {
  /** Start of the bucket, epoch seconds. */
  readonly at_seconds: number;
  /** How many of its seconds were measured: a rate is a count by this. */
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

export interface Runs {
  begin(run: Run): Promise<void>;
  /** The result so far; survives a kill of the service. */
  progress(id: string, result: Readonly<Record<string, unknown>>): Promise<void>;
  finish(
    id: string,
    end: RunEnd,
    reason: string | null,
    at: string,
    result: Readonly<Record<string, unknown>> | null,
  ): Promise<void>;
  get(id: string): Promise<Run | null>;
  list(query: PageQuery, kind: RunKind | null): Promise<Page<Run>>;
  /** Runs without an end. */
  open(): Promise<readonly Run[]>;
  remove(id: string): Promise<void>;
  /**
   * Adds points of 10 s; one that is there already is merged with. A run keeps 2,000 points at most: buckets
   * are doubled in width when there would be more (20 s from 5.5 hours on, 40 s from 11 hours on, …).
   */
  append(id: string, points: readonly SeriesPoint[]): Promise<void>;
  /** At most `points` buckets between two times (epoch seconds), merged where there are more. */
  series(id: string, from: number, to: number, points: number): Promise<readonly SeriesPoint[]>;
}
