import { z } from 'zod';
import {
  amount,
  count,
  funnelNumbers,
  instant,
  journeyNumbers,
  pluginNumbers,
  trackerTarget,
} from './run-numbers.ts';

const outcomeCounts = { accepted: count, rejected: count, failed: count, unknown: count };

/** Hits of finished batches: hits = accepted + rejected + failed + unknown. */
const counts = { visits: count, hits: count, ...outcomeCounts };

/** running: under way. stopped: by a signal, to be resumed. halted: by trouble, to be resumed. */
const backfillStates = ['running', 'stopped', 'halted', 'finished'] as const;

/** How a hit of a backfill can end other than accepted. */
export const missedOutcomes = ['rejected', 'failed', 'unknown'] as const;

/**
 * A backfill in numbers, day by day: the closing summary, the report in the state directory and what
 * `--status` prints. All counts are of the whole backfill, over all its processes.
 */
export const backfillReport = z.object({
  run_id: z.string().min(1),
  state: z.enum(backfillStates),
  exit_code: z.int().nonnegative().nullable(),
  exit_reason: z.string().nullable(),
  target: trackerTarget,
  timezone: z.string(),
  window: z.object({ first_day: z.iso.date(), last_day: z.iso.date(), days: count }),
  seed: z.int().nonnegative(),
  delivery: z.enum(['single', 'bulk']),
  /** done: their hits all have an outcome. */
  visits: z.object({ planned: count, done: count, remaining: count }),
  hits: z.object({ done: count, ...outcomeCounts }),
  /** Why hits were not accepted; the counts add up to rejected, failed and unknown. */
  reasons: z.array(z.object({ outcome: z.enum(missedOutcomes), reason: z.string(), count })),
  /**
   * How it is known that hits were accepted; the three add up to hits.accepted. answer: Matomo said so.
   * visitor_log: the answer was lost and the visitor log shows them. queue: QueuedTracking took them.
   */
  known_by: z.object({ answer: count, visitor_log: count, queue: count }),
  /** Of this process. */
  rate: z.object({
    visits_per_second: amount,
    hits_per_second: amount,
    requests_per_second: amount,
  }),
  eta_seconds: amount.nullable(),
  /** Of visits whose hits have an outcome; reports of earlier versions have none. */
  funnels: z.array(funnelNumbers).default([]),
  /** Of the visits and hits that are done those that Matomo must not record. */
  negative: z.object({ visits: count, hits: count }).default({ visits: 0, hits: 0 }),
  days: z.array(
    z.object({
      date: z.iso.date(),
      planned_visits: count,
      ...counts,
      negative_visits: count.default(0),
      negative_hits: count.default(0),
    }),
  ),
  /** Of visits whose hits have an outcome. */
  journeys: z.array(journeyNumbers).default([]),
  /** The same; how often they were slow is of this process. */
  plugins: z.array(pluginNumbers).default([]),
  started_at: instant,
  updated_at: instant,
  ended_at: instant.nullable(),
  /** What one should know about these numbers. */
  notices: z.array(z.string()),
  /** What to do next in Matomo. */
  next_steps: z.array(z.string()),
});
export type BackfillReport = z.infer<typeof backfillReport>;
