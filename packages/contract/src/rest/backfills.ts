import { z } from 'zod';
import { backfillReport } from '../backfill-report.ts';
import { settingsBody } from './common.ts';
import { longestUrls_bytes } from './urls.ts';

/** POST /api/backfill/run. The BACKFILL_* settings are the window; other settings are the saved ones. */
export const backfillBody = z.strictObject({
  /** For people. */
  name: z.string().trim().min(1).max(100).optional(),
  /** Settings over the saved ones, in lower case; those of the window have no saved value. */
  config: settingsBody.default({}),
});

/** One of several targets of a backfill. */
export const targetReport = z.object({
  name: z.string().min(1),
  /** null: it has not begun. */
  report: backfillReport.nullable(),
  /** Why it cannot begin; null when there is nothing to say. */
  trouble: z.string().nullable(),
});
export type TargetReport = z.infer<typeof targetReport>;

export const backfillJob = z
  .object({
    /** Of the job; its instance has the same. */
    id: z.string(),
    run_id: z.string(),
    name: z.string().nullable(),
    /** queued is none: a job above the limit is refused. */
    state: z.enum(['starting', 'running', 'stopped', 'halted', 'finished', 'failed', 'lost']),
    reason: z.string().nullable(),
    exit_code: z.int().nullable(),
    started_at: z.iso.datetime(),
    finished_at: z.iso.datetime().nullable(),
    /** It was stopped or halted, and what it needs to go on is still there. */
    can_resume: z.boolean(),
    /** Its numbers, as the loader tells them; null: none yet. */
    report: backfillReport.nullable(),
    /** Each of several targets, of which `report` is the sum; none where there is one. */
    targets: z.array(targetReport),
  })
  .meta({ id: 'BackfillJob' });
export type BackfillJob = z.infer<typeof backfillJob>;

export const backfillsAnswer = z.object({
  runs: z.array(backfillJob),
  running: z.int().nonnegative(),
  limit: z.int().positive(),
});
export const jobBody = z.strictObject({ id: z.string().regex(/^[a-z0-9-]{1,60}$/) });
export const jobAnswer = z.object({ message: z.string(), job: backfillJob });
export const cleanupAnswer = z.object({ message: z.string(), removed: z.array(z.string()) });
/** The latest backfill that was asked for; null: none yet. */
export const lastBackfill = z.object({ job: backfillJob.nullable() });
/** What would be sent: the loader's own forecast. */
export const forecastAnswer = z.record(z.string(), z.unknown());

export const reconcileBody = z.strictObject({
  /** A backfill's id. */
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  target: z.string().max(100).optional(),
  /** Seconds to wait for numbers that still move. */
  wait: z.int().min(0).max(600).default(60),
});
export const reconcileAnswer = z.object({
  /** Whether everything that was delivered is in Matomo's reports. */
  matches: z.boolean(),
  report: z.record(z.string(), z.unknown()),
});

export const planBody = z
  .strictObject({
    visits: z.int().min(1).max(200).default(10),
    from: z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
    /** Settings over the saved ones. */
    config: settingsBody.default({}),
    /** A funnel in the file's format that every visit takes: to see what it does. */
    funnel: z.record(z.string(), z.unknown()).optional(),
    /** Events in the file's format, to see sample hits of them. */
    events: z.record(z.string(), z.unknown()).optional(),
    /** The text of a URL file, to see visits of its pages. */
    urls: z.string().max(longestUrls_bytes).optional(),
    /** Journeys in the file's format. Funnels are left out then: to see what visits on journeys do. */
    journeys: z.record(z.string(), z.unknown()).optional(),
  })
  .prefault({});
export const planAnswer = z.object({ visits: z.array(z.record(z.string(), z.unknown())) });
