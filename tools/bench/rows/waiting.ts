import { setTimeout as sleep } from 'node:timers/promises';
import { Latency } from '../../../packages/loader/src/account/latency.ts';
import type { LiveRun } from '../../../packages/loader/src/run.ts';
import { type Figures, hitFigures, until, weigh } from '../warm-window.ts';
import { connections, withDirectory } from './ground.ts';
import { LiveBench } from './live.ts';
import type { Measured } from './row.ts';

const visits = 100_000;
const visits_per_second = 5_000;
/** Until the pages that follow come as thick as they leave. */
const settling_ms = 20_000;
const weighed_ms = 5_000;

/** Nobody leaves before the measurement is over. */
const settings = {
  visit_pacing: 'realtime',
  visit_duration_min: 1.5,
  visit_duration_max: 8,
  concurrency: visits,
  max_visits: visits,
  drain_seconds: 0.05,
} as const;

/**
 * 100,000 visits in flight in realtime pacing: every hit waits for its own moment, one timer wakes them
 * all. What it costs in memory, and how late the hits are.
 */
export function measureWaiting(url: string): Promise<Measured> {
  return withDirectory(async (directory) => {
    const live = new LiveBench(url, connections, directory, settings, false);
    try {
      const figures = await live.stream(visits_per_second, async (run) => {
        await until(() => run.inFlight >= visits);
        await sleep(settling_ms);
        return figuresOf(run);
      });
      return { figures, hits: null };
    } finally {
      await live.close();
    }
  });
}

async function figuresOf(run: LiveRun): Promise<Figures> {
  const { lateness, tally } = run.books;
  const before = lateness.buckets.slice();
  const end = weigh(() => tally.hits.accepted);
  await sleep(weighed_ms);
  const { cpu_us_per_hit, hits_per_second, rss_mb } = hitFigures(end());
  const during = lateness.buckets.map((n, at) => n - (before[at] as number));
  return {
    visits_in_flight: run.inFlight,
    rss_mb,
    hits_per_second,
    cpu_us_per_hit,
    share_within_5_ms: within(during, 0.005),
    share_within_25_ms: within(during, 0.025),
  };
}

/** Share of hits that left within so many seconds of their moment. */
function within(
  buckets: Float64Array,
  bound_seconds: (typeof Latency.bounds_seconds)[number],
): number {
  const all = buckets.reduce((sum, n) => sum + n, 0);
  const upTo = Latency.bounds_seconds.indexOf(bound_seconds);
  return buckets.slice(0, upTo + 1).reduce((sum, n) => sum + n, 0) / all;
}
