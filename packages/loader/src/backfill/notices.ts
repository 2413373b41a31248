import type { BackfillBooks } from './books.ts';

const whole = new Intl.NumberFormat('en-US');

/** What one should know about the numbers of a backfill, for a person. */
export function noticesOf({
  known,
  funnels,
}: Pick<BackfillBooks, 'known'> & {
  readonly funnels: Pick<BackfillBooks['funnels'], 'unnamed'>;
}): string[] {
  const notices: string[] = [];
  if (known.queued > 0) {
    notices.push(
      `${whole.format(known.queued)} hits were taken by QueuedTracking: they count as accepted, but Matomo records them later, and what it refuses then is not seen here. Let its queue run empty (./console queuedtracking:process) before you compare.`,
    );
  }
  if (known.found > 0) {
    notices.push(
      `${whole.format(known.found)} hits count as accepted because the visitor log shows their requests, whose answers were lost; single ones among them that Matomo refused are not seen.`,
    );
  }
  if (funnels.unnamed > 0) {
    notices.push(
      `Matomo did not say which ${whole.format(funnels.unnamed)} hits it refused or lost in batches with funnels: the steps among them are counted as reached.`,
    );
  }
  return notices;
}
