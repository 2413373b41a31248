import { z } from 'zod';
import {
  amount,
  count,
  durations,
  funnelNumbers,
  hitCounts,
  instant,
  journeyNumbers,
  negativeNumbers,
  outcomeReason,
  pluginNumbers,
  recentDurations,
  targetNumbers,
  trackerTarget,
  visitCounts,
} from './run-numbers.ts';

/** waiting: for the start signal. paused: until `resumes_at`. draining: after a stop signal. */
export const runStates = [
  'waiting',
  'running',
  'paused',
  'draining',
  'finished',
  'failed',
] as const;
export type RunState = (typeof runStates)[number];

/** The circuit breaker before a target. closed: hits pass. half_open: one at a time, to try. */
export const breakerStates = ['closed', 'open', 'half_open'] as const;
export type BreakerState = (typeof breakerStates)[number];

/** Answer of the loader's /status: a running run in numbers. */
export const statusSnapshot = z.object({
  run_id: z.string().min(1),
  version: z.string().min(1),
  /** `k/n`: one of several processes of the run, whose numbers are its own; null: the only one. */
  shard: z.string().nullable().default(null),
  state: z.enum(runStates),
  state_since: instant,
  resumes_at: instant.nullable(),
  /** One sentence: why it is in this state; null when there is nothing to say. */
  reason: z.string().nullable(),
  uptime_seconds: amount,
  visits: visitCounts.extend({
    in_flight: count,
    /** For a free slot. */
    waiting: count,
  }),
  hits: hitCounts.extend({
    /** Without an outcome yet. */
    pending: count,
  }),
  negative: negativeNumbers,
  /** The calendar day in the run's timezone; cap 0 = none. */
  today: z.object({ date: z.iso.date(), visits: count, cap: count, target: amount }),
  rate: z.object({ planned_per_day: amount, achieved_per_day: amount, hits_per_second: amount }),
  ...durations,
  /** null: nothing was measured yet. */
  recent: recentDurations.default(null),
  reasons: z.array(outcomeReason),
  /** The first target; `targets` has them all. */
  target: trackerTarget.extend({ breaker: z.enum(breakerStates) }),
  targets: z.array(targetNumbers),
  /** In the order in which they are tried; none when the run has no funnels. */
  funnels: z.array(funnelNumbers),
  /** None when no visit follows a journey. */
  journeys: z.array(journeyNumbers),
  /** None when there are no plugins. */
  plugins: z.array(pluginNumbers),
  /** By name, secrets masked. */
  settings: z.record(z.string(), z.unknown()),
  /** Names of the settings that are not at their default. */
  settings_changed: z.array(z.string()),
});
export type StatusSnapshot = z.infer<typeof statusSnapshot>;
