import { backfillReport } from '@trafficinator/contract';
import type { RunItem } from '@trafficinator/contract/rest';
import { z } from 'zod';

const amount = z.number().nonnegative();
/** Of a closing summary as of a status under way. */
const live = z.object({
  visits: z.object({ planned: amount }),
  hits: z.object({ planned: amount, accepted: amount }),
  response_ms: z.object({ p95: amount }).nullable(),
});
const backfill = backfillReport.pick({ visits: true, hits: true, window: true });

/** The numbers of a run's result that a list shows: live or past. */
export function numbersOf(result: unknown): Pick<RunItem, 'numbers' | 'window'> {
  const past = backfill.safeParse(result);
  if (past.success) {
    const { visits, hits, window } = past.data;
    const numbers = { visits: visits.done, hits: hits.done, accepted: hits.accepted, p95_ms: null };
    return { numbers, window };
  }
  const now = live.safeParse(result);
  if (!now.success) return { numbers: null, window: null };
  const { visits, hits, response_ms } = now.data;
  const numbers = {
    visits: visits.planned,
    hits: hits.planned,
    accepted: hits.accepted,
    p95_ms: response_ms?.p95 ?? null,
  };
  return { numbers, window: null };
}
