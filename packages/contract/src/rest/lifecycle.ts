import { z } from 'zod';
import { statusSnapshot } from '../status.ts';
import { digits, settingsBody } from './common.ts';

/**
 * What a fleet of loaders is doing, in one word. The first six are the loader's own states; the worst of
 * several loaders counts. idle: none runs. unreachable: a process lives, but its status does not answer.
 * unknown: the engine does not answer, so nobody can tell.
 */
export const fleetStates = [
  'waiting',
  'running',
  'paused',
  'draining',
  'finished',
  'failed',
  'idle',
  'unreachable',
  'unknown',
] as const;

/** Usage of the machine by one loader. */
const usage = z
  .object({ cpu_percent: z.number().nonnegative(), memory_bytes: z.number().nonnegative() })
  .nullable();

/** One loader: its process, and what it told last. */
export const loaderStatus = z.object({
  id: z.string(),
  /** absent: not made yet. */
  process: z.enum(['absent', 'created', 'running', 'exited']),
  exit_code: z.int().nullable(),
  detail: z.string(),
  started_at: z.iso.datetime().nullable(),
  finished_at: z.iso.datetime().nullable(),
  state: z.enum(fleetStates),
  /** One sentence, or null. */
  reason: z.string().nullable(),
  /** When `snapshot` was taken; old when the loader does not answer. */
  seen_at: z.iso.datetime().nullable(),
  snapshot: statusSnapshot.nullable(),
  usage,
});
export type LoaderStatus = z.infer<typeof loaderStatus>;

const amount = z.number().nonnegative();
const hits = z.object({
  planned: amount,
  accepted: amount,
  rejected: amount,
  failed: amount,
  unknown: amount,
  dropped: amount,
  /** Without an outcome yet: planned = the five outcomes + pending. */
  pending: amount,
});

/** GET /api/status */
export const fleetStatus = z
  .object({
    state: z.enum(fleetStates),
    /** When it became so. */
    since: z.iso.datetime(),
    /** The state in a sentence. */
    sentence: z.string(),
    resumes_at: z.iso.datetime().nullable(),
    /** The run under way or the last one; null: there was none yet. */
    run_id: z.string().nullable(),
    workers: z.int().nonnegative(),
    /** Sums over the loaders that told their numbers. */
    visits: z.object({
      planned: amount,
      delivered: amount,
      partial: amount,
      dropped: amount,
      in_flight: amount,
      waiting: amount,
    }),
    hits,
    today: z.object({ date: z.iso.date(), visits: amount, cap: amount, target: amount }).nullable(),
    rate: z.object({
      planned_per_day: amount,
      achieved_per_day: amount,
      hits_per_second: amount,
    }),
    loaders: z.array(loaderStatus),
    /** In force, by name, secrets masked. */
    settings: z.record(z.string(), z.unknown()),
    /** Names that are not at their default. */
    settings_changed: z.array(z.string()),
    preset: z.object({ name: z.string(), modified: z.boolean() }).nullable(),
    /** Settings were saved that the running loaders do not use yet. */
    restart_needed: z.boolean(),
    runner: z.object({ kind: z.string(), ok: z.boolean(), reason: z.string() }),
    /** The same as earlier versions of the service told it. */
    container: z.object({
      state: z.string(),
      name: z.string(),
      started_at: z.iso.datetime().nullable(),
    }),
    stats: z.object({
      uptime_seconds: amount.nullable(),
      visits_generated: amount,
      /** Measured visits a day. */
      current_rate: amount,
    }),
  })
  .meta({ id: 'FleetStatus' });
export type FleetStatus = z.infer<typeof fleetStatus>;

/** POST /api/start; all may be left out: then the saved settings start one loader. */
export const startBody = z
  .strictObject({
    /** Saved before the start, over the saved settings; a blank or masked secret keeps the saved one. */
    config: settingsBody.optional(),
    /** Name of a preset to take instead of the saved settings. */
    preset: z.string().max(100).optional(),
    /** How many loaders share the run: each sends its shard of the visits. */
    workers: z.int().min(1).max(16).optional(),
    restart_if_running: z.boolean().default(false),
    /** false: goes on with the last run where it can. */
    new_run: z.boolean().default(false),
  })
  .prefault({});
export type StartBody = z.output<typeof startBody>;

/** POST /api/stop, POST /api/restart: how long running visits may take to end. */
export const graceQuery = z.object({ timeout: digits(1, 600).optional() });

/** Answer of start, stop, restart, apply. */
export const operationResult = z.object({
  /** What was done: one sentence. */
  message: z.string(),
  state: z.enum(fleetStates),
  run_id: z.string().nullable(),
});
export type OperationResult = z.infer<typeof operationResult>;
