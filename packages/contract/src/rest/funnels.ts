import { z } from 'zod';
import { funnelNumbers, journeyNumbers } from '../run-numbers.ts';
import { foundProblem, idParams, kept, pageOf, pageQuery } from './common.ts';

/** A funnel in the file's format (docs/funnels.md); its mistakes are told by step and field. */
const funnelFile = z.record(z.string().max(100), z.unknown());
export const funnelBody = funnelFile;

export const funnelItem = kept.extend({
  name: z.string(),
  description: z.string().nullable(),
  probability: z.number(),
  priority: z.int(),
  enabled: z.boolean(),
  exit_after_completion: z.boolean(),
  step_count: z.int().nonnegative(),
  /** Share of all visits that it really gets, after those before it; null: it is switched off. */
  share: z.number().nullable(),
  /** Errors for which loaders refuse it. */
  problems: z.array(foundProblem),
});
export const funnelDetail = funnelItem
  .extend({
    /** The whole of it in the file's format. */
    funnel: funnelFile,
    /** What a reader may not expect of it. */
    warnings: z.array(foundProblem),
  })
  .meta({ id: 'Funnel' });
export type FunnelDetail = z.output<typeof funnelDetail>;
export const funnelsQuery = pageQuery;
/** In the order in which they are tried. */
export const funnelsAnswer = pageOf(funnelItem);

export const funnelParams = idParams;
/** PUT /api/funnels/:id/enabled */
export const enabledBody = z.strictObject({ enabled: z.boolean() });
/** PUT /api/funnels/order: all ids, in the order in which they shall be tried. */
export const orderBody = z.strictObject({
  ids: z.array(z.int().positive()).max(10_000),
});

/** POST /api/funnels/import: the array of a funnels file, or one funnel. */
export const funnelsBody = z.union([z.array(funnelFile).max(1_000), funnelFile]);
/** What becomes of a row whose name is taken. */
export const conflictModes = ['refuse', 'skip', 'replace', 'rename'] as const;
export type ConflictMode = (typeof conflictModes)[number];
export const importQuery = z.object({ conflict: z.enum(conflictModes).default('refuse') });
export const funnelsImported = z.object({
  message: z.string(),
  created: z.int().nonnegative(),
  replaced: z.int().nonnegative(),
  skipped: z.int().nonnegative(),
  renamed: z.array(z.object({ from: z.string(), to: z.string() })),
});
export type FunnelsImported = z.output<typeof funnelsImported>;
/** GET /api/funnels/file: what loaders read, those that are switched off too. */
export const funnelsFileAnswer = z.array(funnelFile);

/** The run that numbers are of. */
const ofRun = {
  run: z.object({
    id: z.string(),
    kind: z.enum(['live', 'backfill']),
    name: z.string().nullable(),
    started_at: z.iso.datetime(),
    /** null: it is under way. */
    ended_at: z.iso.datetime().nullable(),
  }),
};

/** How many runs were looked through, the newest first. */
const lookedThrough = { runs: z.int().nonnegative() };

/** GET /api/funnels/statistics: of each funnel's name the newest run that had it. */
export const funnelStatistics = z.object({
  items: z.array(funnelNumbers.extend(ofRun)),
  ...lookedThrough,
});
export type FunnelStatistics = z.output<typeof funnelStatistics>;

/** GET /api/journeys/statistics: of each journey's name the newest run that had it. */
export const journeyStatistics = z.object({
  items: z.array(journeyNumbers.extend(ofRun)),
  ...lookedThrough,
});
export type JourneyStatistics = z.output<typeof journeyStatistics>;
