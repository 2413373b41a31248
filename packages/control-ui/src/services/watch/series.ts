import type { BackfillReport, StatusSnapshot } from '@trafficinator/contract';
import type { SeriesPoint } from '../../ports/store/runs.ts';

/** Length of a bucket. */
const bucket_seconds = 10;

const counted = ['accepted', 'rejected', 'failed', 'unknown', 'dropped'] as const;

/** What a loader counts since it began, live or into the past. */
export type Counters = Pick<
  StatusSnapshot,
  'run_id' | 'uptime_seconds' | 'visits' | 'response_ms' | 'lateness_ms' | 'recent'
> & {
  readonly hits: Readonly<Record<(typeof counted)[number], number>>;
};

/** A backfill's report as counters. It does not measure how long answers take. */
export function countersOf(report: BackfillReport): Counters {
  const { run_id, visits, hits, started_at, updated_at } = report;
  return {
    run_id,
    uptime_seconds: Math.max(0, (Date.parse(updated_at) - Date.parse(started_at)) / 1000),
    visits: {
      planned: visits.done,
      delivered: visits.done,
      partial: 0,
      dropped: 0,
      in_flight: 0,
      waiting: 0,
    },
    hits: { ...hits, dropped: 0 },
    response_ms: null,
    lateness_ms: null,
    recent: null,
  };
}

interface Bucket {
  readonly at_seconds: number;
  visits: number;
  planned_visits: number;
  hits: Record<(typeof counted)[number], number>;
  in_flight: number;
  latency: Highest;
  lateness: number | null;
}

interface Highest {
  p50: number | null;
  p95: number | null;
  p99: number | null;
}

interface Cumulative {
  readonly run_id: string;
  readonly uptime_seconds: number;
  readonly visits: number;
  readonly planned: number;
  readonly hits: Readonly<Record<(typeof counted)[number], number>>;
}

/**
 * Makes a time series out of what loaders tell once a second: differences of their counters and the
 * highest percentiles within each bucket of ten seconds. A loader that started anew counts from zero.
 */
export class Series {
  readonly #before = new Map<string, Cumulative>();
  #bucket: Bucket | null = null;

  /** Takes what each loader told, by id; returns the buckets that are complete. */
  add(now_ms: number, told: ReadonlyMap<string, Counters>): SeriesPoint[] {
    const at_seconds = Math.floor(now_ms / 1000 / bucket_seconds) * bucket_seconds;
    const done =
      this.#bucket !== null && this.#bucket.at_seconds !== at_seconds ? this.flush() : [];
    this.#bucket ??= emptyBucket(at_seconds);
    const bucket = this.#bucket;
    let inFlight = 0;
    for (const [id, snapshot] of told) {
      this.#count(bucket, id, snapshot);
      inFlight += snapshot.visits.in_flight;
    }
    bucket.in_flight = Math.max(bucket.in_flight, inFlight);
    return done;
  }

  /** The bucket under way, as far as it came. */
  flush(): SeriesPoint[] {
    const bucket = this.#bucket;
    this.#bucket = null;
    if (bucket === null) return [];
    const { at_seconds, visits, planned_visits, hits, in_flight, latency, lateness } = bucket;
    return [
      {
        at_seconds,
        seconds: bucket_seconds,
        visits,
        planned_visits,
        ...hits,
        in_flight,
        p50_ms: latency.p50,
        p95_ms: latency.p95,
        p99_ms: latency.p99,
        lateness_p95_ms: lateness,
      },
    ];
  }

  #count(bucket: Bucket, id: string, snapshot: Counters): void {
    const { visits, hits } = snapshot;
    const now: Cumulative = {
      run_id: snapshot.run_id,
      uptime_seconds: snapshot.uptime_seconds,
      visits: visits.delivered + visits.partial,
      planned: visits.planned,
      hits,
    };
    const known = this.#before.get(id);
    this.#before.set(id, now);
    // The service came later than the loader: what happened before is not this bucket's.
    if (known === undefined && snapshot.uptime_seconds > bucket_seconds) return;
    const goesOn =
      known !== undefined &&
      known.run_id === now.run_id &&
      known.uptime_seconds <= now.uptime_seconds;
    const from = goesOn ? known : null;
    bucket.visits += now.visits - (from?.visits ?? 0);
    bucket.planned_visits += now.planned - (from?.planned ?? 0);
    for (const outcome of counted) {
      bucket.hits[outcome] += now.hits[outcome] - (from?.hits[outcome] ?? 0);
    }
    // Of the last seconds where the loader tells them: those of a whole run hide what happens now.
    const { response_ms, lateness_ms } = snapshot.recent ?? snapshot;
    if (response_ms !== null) {
      bucket.latency.p50 = Math.max(bucket.latency.p50 ?? 0, response_ms.p50);
      bucket.latency.p95 = Math.max(bucket.latency.p95 ?? 0, response_ms.p95);
      bucket.latency.p99 = Math.max(bucket.latency.p99 ?? 0, response_ms.p99);
    }
    if (lateness_ms !== null) bucket.lateness = Math.max(bucket.lateness ?? 0, lateness_ms.p95);
  }
}

function emptyBucket(at_seconds: number): Bucket {
  return {
    at_seconds,
    visits: 0,
    planned_visits: 0,
    hits: { accepted: 0, rejected: 0, failed: 0, unknown: 0, dropped: 0 },
    in_flight: 0,
    latency: { p50: null, p95: null, p99: null },
    lateness: null,
  };
}
