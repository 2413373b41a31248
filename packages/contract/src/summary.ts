import { z } from 'zod';
import { exitCodes } from './exit-codes.ts';
import {
  amount,
  durations,
  funnelNumbers,
  hitCounts,
  instant,
  journeyNumbers,
  negativeNumbers,
  outcomeReason,
  pluginNumbers,
  targetNumbers,
  trackerTarget,
  visitCounts,
} from './run-numbers.ts';
import { settingList } from './settings/list.ts';

const codes: readonly number[] = Object.values(exitCodes).map((exit) => exit.code);

/** What a run prints at its end (one JSON object) and what becomes its record. */
export const runSummary = z.object({
  run_id: z.string().min(1),
  /** `k/n`: one of several processes of the run, whose numbers are its own; null: the only one. */
  shard: z.string().nullable().default(null),
  exit_code: z.int().refine((code) => codes.includes(code), 'is no exit code of the loader'),
  /** One sentence: why the run ended. */
  exit_reason: z.string().min(1),
  visits: visitCounts.refine(
    (v) => v.planned === v.delivered + v.partial + v.dropped,
    'planned is not delivered + partial + dropped',
  ),
  hits: hitCounts.refine(
    (h) => h.planned === h.accepted + h.rejected + h.failed + h.unknown + h.dropped,
    'planned is not the sum of the outcomes',
  ),
  negative: negativeNumbers,
  reasons: z.array(outcomeReason),
  rate: z.object({ planned_per_day: amount, achieved_per_day: amount }),
  ...durations,
  started_at: instant,
  ended_at: instant,
  seed: z.int().nonnegative(),
  target: trackerTarget,
  /** Each target’s part; one alone has all of it. */
  targets: z.array(targetNumbers),
  /** In the order in which they are tried; none when the run has no funnels. */
  funnels: z.array(funnelNumbers),
  /** None when no visit follows a journey. */
  journeys: z.array(journeyNumbers),
  /** None when there are no plugins. */
  plugins: z.array(pluginNumbers),
  pacing: z.enum(settingList.visit_pacing.values),
  /** Index of the first visit of this process when it continued a run, else null. */
  resumed_from: z.int().nonnegative().nullable(),
  /** What a reader should know: settings that were left out, limits that were met. */
  notices: z.array(z.string()),
});
export type RunSummary = z.infer<typeof runSummary>;
