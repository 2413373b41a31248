import { z } from 'zod';
import { settingsBody } from './common.ts';
import { rowName } from './presets.ts';
import { requestMistake } from './problem-details.ts';

export const exportFormat = 'trafficinator-export/1';
const row = z.record(z.string().max(100), z.unknown());
const documentText = z.string().max(8 * 1024 * 1024);

/** Everything but secrets. What is left out is not touched by an import. */
export const exportFile = z
  .strictObject({
    format: z.literal(exportFormat),
    exported_at: z.iso.datetime().optional(),
    presets: z
      .array(
        z.strictObject({
          name: rowName,
          description: z.string().max(500).default(''),
          settings: settingsBody,
        }),
      )
      .max(10_000)
      .optional(),
    /** In the file's format. */
    funnels: z.array(row).max(10_000).optional(),
    /** Files by kind. */
    documents: z
      .strictObject({
        urls: documentText.optional(),
        events: documentText.optional(),
        journeys: documentText.optional(),
        campaigns: documentText.optional(),
      })
      .optional(),
    settings: z
      .strictObject({
        values: settingsBody,
        preset: z.string().max(100).nullable().default(null),
        /** In the file's format, without tokens. */
        targets: z.array(row).max(1_000).optional(),
      })
      .optional(),
    /** Of the key that asked. */
    preferences: z.record(z.string().max(100), z.unknown()).optional(),
  })
  .meta({ id: 'Export' });
export type ExportFile = z.output<typeof exportFile>;

/** POST /api/import */
export const importBody = z.strictObject({
  export: exportFile,
  /** What becomes of a preset or funnel whose name is taken, and of settings and files that are there. */
  conflict: z.enum(['skip', 'replace', 'rename']).default('skip'),
  /** true: what is wrong is left out. false: then nothing is imported. */
  partial: z.boolean().default(false),
  /** true: says what would be done. */
  dry_run: z.boolean().default(false),
});
export type ImportBody = z.output<typeof importBody>;

export const importItem = z.object({
  kind: z.enum(['preset', 'funnel', 'document', 'settings', 'preferences']),
  name: z.string(),
  action: z.enum(['created', 'replaced', 'renamed', 'skipped', 'refused']),
  /** The new name of a renamed one, else null. */
  as: z.string().nullable(),
  errors: z.array(requestMistake),
});
export type ImportItem = z.output<typeof importItem>;
export const importAnswer = z.object({
  message: z.string(),
  dry_run: z.boolean(),
  items: z.array(importItem),
});
