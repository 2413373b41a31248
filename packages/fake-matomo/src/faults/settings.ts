import { z } from 'zod';

/** How often: a share of the tracker requests it applies to, for all of them or the next `next`. */
const occurrence = {
  share: z.number().min(0).max(1).default(1),
  next: z.int().min(0).nullable().default(null),
};

const ms = z.int().min(0).max(600_000);

/** The faults a stand-in can be told to have. An absent key is a fault it does not have. */
export const faultsSchema = z.strictObject({
  /** Seed of the draws behind `share` and the latency. */
  seed: z.int().min(0).default(1),
  /** Waits before the request is worked on. */
  latency: z
    .strictObject({ min_ms: ms, max_ms: ms, ...occurrence })
    .refine(({ min_ms, max_ms }) => min_ms <= max_ms, { error: 'min_ms is above max_ms' })
    .optional(),
  /** Answers with this status instead of working on the request. */
  answer: z
    .strictObject({
      status: z.int().min(200).max(599),
      retry_after_seconds: z.int().min(0).optional(),
      body: z.enum(['html', 'json']).default('html'),
      ...occurrence,
    })
    .optional(),
  /** Closes the connection with nothing recorded. */
  reset_before_commit: z.strictObject(occurrence).optional(),
  /** Records, then closes the connection without an answer. */
  reset_after_commit: z.strictObject(occurrence).optional(),
  /** Keeps the connection open without an answer, with or without recording. */
  never_answer: z.strictObject({ commit: z.boolean().default(false), ...occurrence }).optional(),
  /** Bulk requests: 500, nothing recorded. */
  rollback: z.strictObject(occurrence).optional(),
  /** Bulk requests stay open this long before they commit; one that shares a visitor with an open
   * one is the deadlock's victim: 500, nothing recorded. */
  deadlock: z.strictObject({ hold_ms: ms }).optional(),
  /** Bulk requests are answered with a GIF at once and recorded this much later. */
  queue: z.strictObject({ delay_ms: ms }).optional(),
  /** `record_statistics=0`: nothing is recorded. */
  tracking_off: z.boolean().default(false),
  /** Old raw data is deleted after so many days, so older hits are refused. */
  retention_days: z.int().min(1).optional(),
  /** An administrator switched off what keeps bots and spam referrers out: they are recorded. */
  exclusions_off: z.boolean().default(false),
  /** `[Tracker] debug = 1`: requests are worked on, but answered with a log instead. */
  debug: z.boolean().default(false),
});

export type FaultSettings = z.output<typeof faultsSchema>;
export type FaultSettingsInput = z.input<typeof faultsSchema>;
