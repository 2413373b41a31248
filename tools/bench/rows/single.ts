import type { LiveRun } from '../../../packages/loader/src/run.ts';
import { hitWindow } from '../warm-window.ts';
import { connections, withDirectory } from './ground.ts';
import { LiveBench } from './live.ts';
import type { Measured, Span } from './row.ts';

const burst_visits = 10_000;
const warmBursts = 2;
const weighedBursts = 4;

/** The visits go on at once from page to page, so that 50 of them keep 50 connections busy. */
const noPauses = {
  concurrency: connections,
  pause_between_pvs_min: 0,
  pause_between_pvs_max: 0,
  max_lateness_seconds: 600,
} as const;

/**
 * The loader in single delivery: planning, schedule, slots, caps, lanes, transport, verdicts, books and
 * the journal in a SQLite file. Visits arrive in bursts and wait for slots, so that it is always full,
 * however much of the processor others take, and plans nothing that it does not send.
 */
export function measureSingle(url: string, withLedger: boolean): Promise<Measured> {
  return withDirectory(async (directory) => {
    const live = new LiveBench(url, connections, directory, noPauses, withLedger);
    try {
      for (let n = 0; n < warmBursts; n++) await live.burst(burst_visits);
      const began = { hits: live.hits, cpu: process.cpuUsage(), at_ms: performance.now() };
      for (let n = 0; n < weighedBursts; n++) await live.burst(burst_visits);
      const { user, system } = process.cpuUsage(began.cpu);
      const wall_ms = performance.now() - began.at_ms;
      const hits = live.hits - began.hits;
      const figures = {
        cpu_us_per_hit: (user + system) / hits,
        user_us_per_hit: user / hits,
        hits_per_second: (hits * 1000) / wall_ms,
        cores_busy: (user + system) / 1000 / wall_ms,
        rss_mb: process.memoryUsage.rss() / 1e6,
      };
      return { figures, hits: live.hits };
    } finally {
      await live.close();
    }
  });
}

const pausing_visits_per_second = 1_000;
const settled_ms = 8_000;

/**
 * The same at a steady rate below what it can do, with the default pauses between pages: some 5,000 visits
 * are in flight, each hit is woken by the timer, and the loop has little to do at a time.
 */
export function measurePauses(url: string, span: Span): Promise<Measured> {
  return withDirectory(async (directory) => {
    const live = new LiveBench(url, connections, directory, { concurrency: 1_000_000 }, false);
    try {
      const figures = await live.stream(pausing_visits_per_second, async (run) => ({
        ...(await hitWindow(settled_ms, span.window_ms, () => ended(run))),
        visits_in_flight: run.inFlight,
      }));
      return { figures, hits: live.hits };
    } finally {
      await live.close();
    }
  });
}

const ended = (run: LiveRun): number => {
  const { tally } = run.books;
  return tally.hits.planned - tally.pending;
};
