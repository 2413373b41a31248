import { z } from 'zod';
import { backfillReport } from './backfill-report.ts';

/**
 * What /status tells of a backfill of several targets: the sums over those that have begun, and each one's
 * report. state: running until the last has ended; then halted if one could not begin or go on, else
 * stopped if one was, else finished.
 */
export const backfillStatus = backfillReport
  .pick({
    state: true,
    visits: true,
    hits: true,
    reasons: true,
    rate: true,
    eta_seconds: true,
    funnels: true,
    negative: true,
    journeys: true,
    plugins: true,
  })
  .extend({
    targets: z.array(
      z.object({
        name: z.string().min(1),
        /** null: it has not begun. */
        report: backfillReport.nullable(),
        /** Why it cannot begin; null when there is nothing to say. */
        trouble: z.string().nullable(),
      }),
    ),
  });
export type BackfillStatus = z.infer<typeof backfillStatus>;
