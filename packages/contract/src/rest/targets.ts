import { z } from 'zod';
import { targetStrategies } from '../targets.ts';
import { foundProblem } from './common.ts';

/**
 * A target in the file's format. Its token: left out, blank or masked keeps the one that is stored for this
 * name and address, null clears it.
 */
export const targetBody = z.record(z.string().max(100), z.unknown());

/** PUT /api/targets: the whole list. */
export const targetsBody = z.strictObject({
  targets: z.array(targetBody).max(1_000),
  strategy: z.enum(targetStrategies).optional(),
});
export type TargetsBody = z.output<typeof targetsBody>;

export const targetItem = z
  .object({
    name: z.string(),
    url: z.string(),
    site_id: z.int(),
    /** `***`: there is one. */
    token_auth: z.literal('***').nullable(),
    weight: z.number(),
    enabled: z.boolean(),
    target_visits_per_day: z.number().nullable(),
    max_visits_per_day: z.number().nullable(),
    max_visits: z.number().nullable(),
    delivery: z.enum(['auto', 'single', 'bulk']),
    features: z.record(z.string(), z.boolean()),
  })
  .meta({ id: 'Target' });
export type TargetItem = z.output<typeof targetItem>;

export const targetParams = z.object({ name: z.string().min(1).max(100) });

/** GET /api/targets */
export const targetsAnswer = z.object({
  /** single: the one of matomo_url. */
  source: z.enum(['list', 'single', 'none']),
  strategy: z.enum(targetStrategies),
  items: z.array(targetItem),
  /** Of the settings, where targets are kept. */
  version: z.int().nonnegative(),
  problems: z.array(foundProblem),
});
export type TargetsAnswer = z.output<typeof targetsAnswer>;

/** Answer of a write. */
export const targetsChanged = targetsAnswer.extend({
  message: z.string(),
  /** Names of targets whose stored token was dropped because their address is another one now. */
  tokens_dropped: z.array(z.string()),
});
export type TargetsChanged = z.output<typeof targetsChanged>;
export const targetAnswer = targetItem.extend({ version: z.int().nonnegative() });
