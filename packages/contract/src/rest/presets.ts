import { z } from 'zod';
import { foundProblem, kept, pageOf, pageQuery, settingsBody } from './common.ts';

/** A name for people: one line. */
export const rowName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^\P{Cc}*$/u, 'has a control character');
const description = z.string().max(500).nullable();

/** What a preset's settings come from: the body, or the saved settings. */
const contents = {
  config: settingsBody.optional(),
  from: z.literal('saved').optional(),
};

/** POST /api/presets. One of `config` and `from`. */
export const presetBody = z.strictObject({
  name: rowName,
  description: description.default(null),
  ...contents,
  /** true: tokens are kept with it, sealed. */
  with_secrets: z.boolean().default(false),
});
export type PresetBody = z.output<typeof presetBody>;

/** PUT /api/presets/:id. What is left out stays; description null clears it. `config` is all there is then. */
export const presetEdit = z.strictObject({
  name: rowName.optional(),
  description: description.optional(),
  ...contents,
  with_secrets: z.boolean().optional(),
});
export type PresetEdit = z.output<typeof presetEdit>;

const presetItem = kept.extend({
  name: z.string(),
  description: z.string(),
  with_secrets: z.boolean(),
  /** Whether its settings can still be used. */
  valid: z.boolean(),
  /** Errors that stand in the way of loading it. */
  problems: z.array(foundProblem),
});
export const presetDetail = presetItem
  .extend({
    /** By name, secrets masked; what is left out is at its default. */
    settings: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Preset' });
export type PresetDetail = z.output<typeof presetDetail>;

export const builtInPreset = z.object({
  name: z.string(),
  description: z.string(),
  settings: z.record(z.string(), z.unknown()),
});
export const presetsQuery = pageQuery;
export const presetsAnswer = pageOf(presetDetail).extend({ built_in: z.array(builtInPreset) });
export const builtInParams = z.object({ name: z.string().max(100) });

/** POST /api/presets/:id/load */
export const loadBody = z
  .strictObject({
    /** preset: its target is taken. keep: the saved one stays. Left out: the preset's if it has one. */
    target: z.enum(['keep', 'preset']).optional(),
  })
  .prefault({});
export type LoadBody = z.output<typeof loadBody>;
export const loadAnswer = z.object({
  message: z.string(),
  preset: z.string(),
  /** Of the settings. */
  version: z.int().nonnegative(),
  /** The settings as they are now, secrets masked. */
  settings: z.record(z.string(), z.unknown()),
  /** What stands in the way of a start, and what became of target and token. */
  problems: z.array(foundProblem),
});
export type LoadAnswer = z.output<typeof loadAnswer>;
