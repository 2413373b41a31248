import { z } from 'zod';
import { digits, pageOf } from './common.ts';

const amount = z.number().nonnegative();

export const runRecord = z
  .object({
    id: z.string(),
    kind: z.enum(['live', 'backfill']),
    name: z.string().nullable(),
    instances: z.array(z.string()),
    started_by: z.string(),
    started_at: z.iso.datetime(),
    ended_at: z.iso.datetime().nullable(),
    /** null: it is under way. */
    end: z.enum(['finished', 'stopped', 'failed', 'lost']).nullable(),
    reason: z.string().nullable(),
    /** As it ran, secrets masked. */
    settings: z.record(z.string(), z.unknown()),
    preset: z.string().nullable(),
    /** The loader's own closing summary or report; while it runs, its latest numbers. */
    result: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: 'Run' });
export type RunRecord = z.infer<typeof runRecord>;

export const runsQuery = z.object({
  limit: digits(1, 200).prefault('50'),
  cursor: z.string().max(200).optional(),
  kind: z.enum(['live', 'backfill']).optional(),
});
/** A run's numbers in a list; null where its result does not tell them. */
export const runNumbers = z.object({
  visits: amount,
  hits: amount,
  accepted: amount,
  /** From the send to the answer; a backfill has none. */
  p95_ms: amount.nullable(),
});
export const runItem = runRecord.omit({ result: true, settings: true }).extend({
  numbers: runNumbers.nullable(),
  /** A backfill's days; null: of a live run, or not known yet. */
  window: z.object({ first_day: z.string(), last_day: z.string(), days: amount }).nullable(),
});
export type RunItem = z.infer<typeof runItem>;
export const runsAnswer = pageOf(runItem);
export const runParams = z.object({ id: z.string().regex(/^[a-z0-9-]{1,60}$/) });

/** One bucket of a run's time series; null where nothing was measured. */
export const seriesPoint = z.object({
  at_seconds: z.int(),
  seconds: amount,
  visits: amount,
  planned_visits: amount,
  accepted: amount,
  rejected: amount,
  failed: amount,
  unknown: amount,
  dropped: amount,
  in_flight: amount,
  p50_ms: amount.nullable(),
  p95_ms: amount.nullable(),
  p99_ms: amount.nullable(),
  lateness_p95_ms: amount.nullable(),
});
const epoch = digits(0, 100_000_000_000);
export const seriesQuery = z.object({
  /** Epoch seconds; the whole run when left out. */
  from: epoch.optional(),
  to: epoch.optional(),
  points: digits(1, 2_000).prefault('600'),
});
export type SeriesPoint = z.infer<typeof seriesPoint>;
export const seriesAnswer = z.object({ points: z.array(seriesPoint) });

export const compareQuery = z.object({
  a: z.string().regex(/^[a-z0-9-]{1,60}$/),
  b: z.string().regex(/^[a-z0-9-]{1,60}$/),
});
export const compareAnswer = z.object({
  a: runRecord,
  b: runRecord,
  /** Names of the settings that differ, with both values. */
  settings: z.array(z.object({ name: z.string(), a: z.unknown(), b: z.unknown() })),
  /** Numbers of both results by their path, e.g. `hits.accepted`; difference = b − a. */
  numbers: z.array(
    z.object({
      path: z.string(),
      a: z.number().nullable(),
      b: z.number().nullable(),
      difference: z.number().nullable(),
      /** Relative to a; null when a is 0 or one is missing. */
      relative: z.number().nullable(),
    }),
  ),
});
export type RunComparison = z.infer<typeof compareAnswer>;
