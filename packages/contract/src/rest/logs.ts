import { z } from 'zod';
import { digits } from './common.ts';

export const logLevels = ['debug', 'info', 'warning', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/** GET /api/logs: filtered first, then cut to the last `lines`. */
export const logsQuery = z.object({
  lines: digits(1, 10_000).prefault('100'),
  /** This level and the more severe ones. */
  level: z.enum(logLevels).optional(),
  /** Lines with this text in them, upper and lower case alike. */
  filter: z.string().max(200).optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  /** Only of this loader or backfill. */
  loader: z.string().max(60).optional(),
  /** json, or text to be saved as a file. */
  format: z.enum(['json', 'text']).default('json'),
});

export const logLine = z.object({
  at: z.iso.datetime(),
  loader: z.string(),
  level: z.enum(logLevels),
  /** The message. */
  text: z.string(),
  /** What the line says besides, or null. */
  detail: z.record(z.string(), z.unknown()).nullable(),
});
export type LoaderLogLine = z.infer<typeof logLine>;

export const logsAnswer = z.object({
  lines: z.array(logLine),
  lines_returned: z.int().nonnegative(),
  /** More lines fit the filter than are shown. */
  more: z.boolean(),
});
