import { z } from 'zod';
import { foundProblem, settingsBody } from './common.ts';

/** POST /api/validate */
export const validateBody = z.strictObject({
  config: settingsBody,
  /** backfill: the rules of a backfill apply too. */
  purpose: z.enum(['live', 'backfill']).default('live'),
});

/** POST /api/config/apply */
export const applyBody = z.strictObject({
  config: settingsBody,
  /** true: `config` is all there is, and what it leaves out goes back to its default. */
  replace: z.boolean().default(false),
  /** false: saves, and leaves running loaders alone. */
  restart: z.boolean().default(true),
  preset: z.string().max(100).nullable().optional(),
});

/** GET /api/settings: the list that makes a form, and the saved values. */
export const settingsAnswer = z.object({
  groups: z.array(z.object({ name: z.string(), label: z.string(), settings: z.array(z.string()) })),
  /** By name: kind, default, range, unit, label, help, secret, shown_when. */
  list: z.record(z.string(), z.record(z.string(), z.unknown())),
  /** Saved, secrets masked; what is left out is at its default. */
  values: z.record(z.string(), z.unknown()),
  preset: z.string().nullable(),
  version: z.int().nonnegative(),
  updated_at: z.iso.datetime().nullable(),
});

/** POST /api/test-connection; what is left out comes from the saved settings. */
export const testConnectionBody = z
  .strictObject({
    matomo_url: z.string().max(2_048).optional(),
    site_id: z.int().positive().optional(),
    /** Blank or masked: the saved one, if the address is the saved one too. */
    token_auth: z.string().max(1_024).nullable().optional(),
    timeout: z.int().min(1).max(60).default(10),
    /** Settings to test instead. */
    config: settingsBody.optional(),
  })
  .prefault({});

/** Answer of test-connection: the loader's own `check`. */
export const testConnectionAnswer = z.object({
  success: z.boolean(),
  errors: z.array(foundProblem),
  warnings: z.array(foundProblem),
  notices: z.array(foundProblem),
  /** Label and text of each thing that was found. */
  findings: z.array(z.object({ label: z.string(), text: z.string() }).loose()),
  targets: z.array(z.record(z.string(), z.unknown())),
});
