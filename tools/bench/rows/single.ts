import type { LiveRun } from '../../../packages/loader/src/run.ts';
import { hitFigures, hitWindow, weigh } from '../warm-window.ts';
import { connections, withDirectory } from './ground.ts';
import { LiveBench } from './live.ts';
import type { Measured } from './row.ts';

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
      const end = weigh(() => live.hits);
      for (let n = 0; n < weighedBursts; n++) await live.burst(burst_visits);
      return { figures: hitFigures(end()), hits: live.hits };
    } finally {
      await live.close();
    }
  });
}

const pausing_visits_per_second = 1_000;
/** After so many hits as many visits end as begin. */
const settledHits = 50_000;
const pausingHits = 30_000;

/**
 * The same at a steady rate below what it can do, with the default pauses between pages: some 5,000 visits
 * are in flight, each hit is woken by the timer, and the loop has little to do at a time.
 */
export function measurePauses(url: string): Promise<Measured> {
  return withDirectory(async (directory) => {
    const live = new LiveBench(url, connections, directory, { concurrency: 1_000_000 }, false);
    try {
      const figures = await live.stream(pausing_visits_per_second, async (run) => ({
        ...(await hitWindow(settledHits, pausingHits, () => ended(run))),
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
