import { z } from 'zod';

export const count = z.int().nonnegative();
export const amount = z.number().nonnegative();
/** A UTC time: 2026-05-01T12:00:00.000Z. */
export const instant = z.iso.datetime();

/** Where a hit can end. Every hit ends in exactly one of them. */
export const outcomes = ['accepted', 'rejected', 'failed', 'unknown', 'dropped'] as const;
export type Outcome = (typeof outcomes)[number];

/**
 * Visits. delivered: all hits accepted. dropped: no hit was sent. partial: everything in between.
 */
export const visitCounts = z.object({
  planned: count,
  delivered: count,
  partial: count,
  dropped: count,
});

/** Hits by outcome. */
export const hitCounts = z.object({
  planned: count,
  accepted: count,
  rejected: count,
  failed: count,
  unknown: count,
  dropped: count,
});

/**
 * Of all visits and hits those of negative traffic: Matomo answers them with yes and must not record them.
 */
export const negativeNumbers = z.object({ visits: visitCounts, hits: hitCounts });

/** Why hits ended other than accepted. */
export const outcomeReason = z.object({
  outcome: z.enum(outcomes),
  reason: z.string(),
  count,
  /** One of the hits or answers, without secrets. */
  example: z.string().nullable(),
});

const funnelCounts = {
  /** Visits that began it. */
  starts: count,
  /** For each step the visits that reached it. */
  steps: z.array(count),
  /** Visits that reached its last step. */
  completions: count,
};

/** A funnel in numbers. Delivered: a step is reached when its hit was accepted. */
export const funnelNumbers = z.object({
  name: z.string().min(1),
  ...funnelCounts,
  /** The same as it was planned. */
  planned: z.object(funnelCounts),
});
export type FunnelNumbers = z.infer<typeof funnelNumbers>;

/** A journey in numbers: visits that follow it. */
export const journeyNumbers = z.object({
  name: z.string().min(1),
  /** Visits of which the first hit was accepted. */
  starts: count,
  /** Visits that have arrived. */
  planned: count,
});
export type JourneyNumbers = z.infer<typeof journeyNumbers>;

/** What is to be said of a plugin. */
export const pluginNumbers = z.object({
  name: z.string().min(1),
  /** Visits that were planned without it, because it failed or said what cannot be sent. */
  errors: count,
  /** What was wrong the first time; null: nothing. */
  first_error: z.string().nullable(),
  /** Visits over which it took longer than PLUGIN_BUDGET_MS, and the longest time. */
  slow: count,
  slowest_ms: amount,
});
export type PluginNumbers = z.infer<typeof pluginNumbers>;

/** Distribution of a duration in ms; null when nothing was measured. */
const percentiles = z.object({ p50: amount, p95: amount, p99: amount, max: amount }).nullable();

/** Durations of the last seconds alone; right to 4 %. */
export const recentDurations = z
  .object({ seconds: amount, response_ms: percentiles, lateness_ms: percentiles })
  .nullable();

/** The three durations of a hit. */
export const durations = {
  /** From the scheduled moment to the answer. */
  latency_ms: percentiles,
  /** From the send to the answer. */
  response_ms: percentiles,
  /** From the scheduled moment to the send. */
  lateness_ms: percentiles,
};

export const trackerTarget = z.object({ url: z.string(), site_id: z.int().positive() });

/** unreachable: does not answer, is tried again. refused: refused the first hits, gets nothing more. */
const targetHealths = ['healthy', 'unreachable', 'refused'] as const;

/** One target's part of a run. */
export const targetNumbers = trackerTarget.extend({
  name: z.string().min(1),
  health: z.enum(targetHealths),
  visits: visitCounts,
  hits: hitCounts,
  negative: negativeNumbers,
  reasons: z.array(outcomeReason),
  response_ms: percentiles,
  latency_ms: percentiles,
});
export type TargetNumbers = z.infer<typeof targetNumbers>;
