import { setTimeout as sleep } from 'node:timers/promises';
import type { LiveRun } from '../../../packages/loader/src/run.ts';
import { hitWindow } from '../warm-window.ts';
import { connections, withDirectory } from './ground.ts';
import { LiveBench } from './live.ts';
import type { Measured, Span } from './row.ts';

const firstRate = 2_000;
const faster = 1.25;
const step_ms = 400;
const mostSteps = 20;
const someWait = 20;

/** The visits go on at once from page to page, so that 50 of them keep 50 connections busy. */
const noPauses = {
  concurrency: connections,
  pause_between_pvs_min: 0,
  pause_between_pvs_max: 0,
} as const;

/** With the default pauses thousands of visits are in flight at this rate. */
const defaultPauses = { concurrency: 1_000_000 } as const;

/**
 * The loader in single delivery: planning, schedule, slots, caps, lanes, transport, verdicts, books and
 * the journal in a SQLite file. The rate of arrivals is raised until visits begin to wait for a slot,
 * which is also the warm-up, then weighed at that rate: full, but without planning for the waste bin.
 */
export function measureSingle(
  url: string,
  span: Span,
  withPauses: boolean,
  withLedger: boolean,
): Promise<Measured> {
  const settings = { ...(withPauses ? defaultPauses : noPauses), max_lateness_seconds: 600 };
  return withDirectory(async (directory) => {
    const live = new LiveBench(url, connections, directory, settings, withLedger);
    try {
      const rate = withPauses ? firstRate : await fullRate(live);
      const found = await live.run(rate, null, async (run) => ({
        ...(await hitWindow(withPauses ? 6_000 : span.warm_ms, span.window_ms, () => ended(run))),
        visits_per_second: rate,
        visits_in_flight: run.inFlight,
        visits_waiting: run.waiting,
      }));
      return { figures: found, hits: live.hits };
    } finally {
      await live.close();
    }
  });
}

/** Visits per second at which a queue begins to form. */
async function fullRate(live: LiveBench): Promise<number> {
  let rate = firstRate;
  for (let n = 0; n < mostSteps; n++) {
    const waiting = await live.run(rate, null, async (run) => {
      await sleep(step_ms);
      return run.waiting;
    });
    if (waiting > someWait) return rate;
    rate *= faster;
  }
  return rate;
}

const ended = (run: LiveRun): number => {
  const { tally } = run.books;
  return tally.hits.planned - tally.pending;
};
