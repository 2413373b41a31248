import { setTimeout as sleep } from 'node:timers/promises';
import { Latency } from '../../../packages/loader/src/account/latency.ts';
import type { LiveRun } from '../../../packages/loader/src/run.ts';
import { warmWindow } from '../warm-window.ts';
import { connections, withDirectory } from './ground.ts';
import { LiveBench } from './live.ts';
import type { Measured, Span } from './row.ts';

const visits = 100_000;
const visits_per_second = 5_000;
const poll_ms = 100;
/** Until the pages that follow come as thick as they leave. */
const settling_ms = 20_000;

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
export function measureWaiting(url: string, span: Span): Promise<Measured> {
  return withDirectory(async (directory) => {
    const live = new LiveBench(url, connections, directory, settings, false);
    try {
      const figures = await live.stream(visits_per_second, async (run) => {
        while (run.inFlight < visits) await sleep(poll_ms);
        await sleep(settling_ms);
        return figuresOf(run, span);
      });
      return { figures, hits: null };
    } finally {
      await live.close();
    }
  });
}

async function figuresOf(run: LiveRun, span: Span): Promise<Measured['figures']> {
  const { lateness, tally } = run.books;
  const before = lateness.buckets.slice();
  const { count, cpu_us, wall_ms } = await warmWindow(0, span.window_ms, () => tally.hits.accepted);
  const during = lateness.buckets.map((n, at) => n - (before[at] as number));
  return {
    visits_in_flight: run.inFlight,
    rss_mb: process.memoryUsage.rss() / 1e6,
    hits_per_second: (count * 1000) / wall_ms,
    cpu_us_per_hit: cpu_us / count,
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
