import { z } from 'zod';
import { amount, count } from './run-numbers.ts';

const share = z.number().min(0).max(1);

/** One share of a section: what came out beside what was asked for. */
const row = z.object({
  name: z.string(),
  count,
  /** count / total; null when there is nothing to be a share of. */
  planned: share.nullable(),
  /** By the settings; null where they do not say. */
  asked: share.nullable(),
  /** How many standard deviations of chance lie between the two; null where no chance is involved. */
  sigmas: amount.nullable(),
  /** Too far from what was asked for to be chance. */
  off: z.boolean(),
});

const figure = z.object({
  name: z.string(),
  value: z.number(),
  unit: z.string().nullable(),
  /** In words, as the settings say it; null where they do not. */
  asked: z.string().nullable(),
});

const section = z.object({
  name: z.string(),
  title: z.string(),
  /** What the rows are shares of, in the plural, and how many of them there are. */
  of: z.string(),
  total: count,
  rows: z.array(row),
  figures: z.array(figure),
});

/** What planned visits add up to, as `plan --summary` tells it: counted in the plan, nothing sent. */
export const planSummary = z.object({
  seed: z.int().nonnegative(),
  /** Index of the first visit. */
  from: count,
  visits: count,
  hits: count,
  sections: z.array(section),
  calendar: z.object({
    kind: z.enum(['live', 'backfill']),
    timezone: z.string(),
    /** planned: null for days that these visits do not fill. asked: null where chance decides. */
    days: z.array(
      z.object({ date: z.iso.date(), asked: amount.nullable(), planned: count.nullable() }),
    ),
  }),
});
export type PlanSummary = z.infer<typeof planSummary>;
