import { z } from 'zod';
import { count } from './run-numbers.ts';

/** What a backfill would send, as `backfill --dry-run` tells it: counted in the plan, nothing sent. */
export const backfillPlan = z.object({
  window: z.object({ first_day: z.iso.date(), last_day: z.iso.date(), days: count }),
  timezone: z.string(),
  seed: z.int().nonnegative(),
  delivery: z.enum(['single', 'bulk']),
  lanes: count,
  /** Most hits of a bulk request; null when hits go one by one. */
  bulk_size: count.nullable(),
  visits: count,
  hits: count,
  /** Of these the ones that Matomo must not record. */
  negative: z.object({ visits: count, hits: count }),
  /** HTTP requests if Matomo takes that size throughout. */
  requests: count,
  /** Bytes of all request bodies, estimated from a sample of the visits. */
  bytes: count,
  days: z.array(z.object({ date: z.iso.date(), visits: count, hits: count })),
});
export type BackfillPlan = z.infer<typeof backfillPlan>;
