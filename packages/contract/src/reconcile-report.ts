import { z } from 'zod';
import { count, instant, trackerTarget } from './run-numbers.ts';

/** Counts and seconds are whole, money is in minor units. */
const value = z.int();

const difference = z.object({
  metric: z.string(),
  unit: z.enum(['count', 'seconds', 'money']),
  /** Method of the Reporting API, with its parameters. */
  report: z.string(),
  planned: value,
  /** What the report says, `baseline` included. */
  recorded: value,
  /** What was there before the backfill. */
  baseline: value,
  /** recorded − baseline − planned. */
  difference: value,
  /** Code of the likely cause. */
  cause: z.string(),
});

const missingVisit = z.object({
  visitor_id: z.string(),
  started_at: instant,
  actions: count,
  user_agent: z.string(),
  address: z.string().nullable(),
  country: z.string().nullable(),
  referrer: z.string().nullable(),
  /** Number of the batch in the journal. */
  batch: z.int(),
});

const cause = z.object({
  code: z.string(),
  label: z.string(),
  text: z.string(),
  /** Some of the visits that Matomo does not have. */
  missing_visits: z.array(missingVisit),
});

/** A backfill laid beside Matomo's reports, day by day of the site. */
export const reconcileReport = z.object({
  ok: z.boolean(),
  exit_code: z.int().nonnegative(),
  run_id: z.string(),
  target: trackerTarget,
  /** The site's. */
  timezone: z.string(),
  window: z.object({ first_day: z.iso.date(), last_day: z.iso.date(), days: count }),
  /** Whether all visits of the backfill have an outcome. */
  finished: z.boolean(),
  batches: count,
  hits: z.object({ accepted: count, uncertain: count }),
  /** Of what was sent the visits and hits that Matomo must not record. */
  negative: z.object({ visits: count, hits: count }),
  /** When the days were read before the first hit; null: they are taken for empty. */
  baseline_taken_at: instant.nullable(),
  days: z.object({ compared: count, equal: count, different: count }),
  equal_days: z.array(z.object({ date: z.iso.date(), visits: count, actions: count })),
  /** Names of all metrics that were compared. */
  metrics: z.array(z.string()),
  /** All days together: what was planned and what Matomo has of it. */
  totals: z.record(z.string(), z.object({ planned: value, recorded: value })),
  differences: z.array(
    z.object({ date: z.iso.date(), metrics: z.array(difference), causes: z.array(cause) }),
  ),
  /** `days` null: on no day. */
  not_compared: z.array(
    z.object({ metric: z.string(), reason: z.string(), days: z.array(z.iso.date()).nullable() }),
  ),
  /** Facts that a reader should know. */
  notices: z.array(z.string()),
  /** How often the reports were read until the numbers stood still. */
  reads: count,
});
export type ReconcileReport = z.infer<typeof reconcileReport>;
