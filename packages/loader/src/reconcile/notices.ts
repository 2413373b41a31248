import type { ReconcileFacts } from './report.ts';

/** What a reader should know to judge the numbers. */
export function noticesOf(facts: ReconcileFacts): string[] {
  const { replay, prediction, baseline, days, site } = facts;
  const notices: string[] = [];
  if (replay.backfill.ended_at_ms === null) {
    notices.push(
      'The backfill is unfinished: what it has sent so far is compared. The same backfill command goes on with it.',
    );
  }
  if (facts.zone_differs) {
    notices.push(
      `The backfill was planned in days of ${replay.backfill.zone}; the site’s days are those of ${site.timezone}.`,
    );
  }
  if (baseline === null) {
    notices.push(
      'There is no baseline: nobody read the reports before the first hit, so the days are taken to have been empty.',
    );
  }
  const { visits, hits } = prediction.negative;
  if (visits > 0) {
    notices.push(
      `${visits} of the visits that were sent are negative traffic with ${plural(hits, 'hit')}: Matomo must not record them, so nothing of them is expected.`,
    );
  }
  const before = days.filter((day) => Object.keys(day.baseline).length > 0).length;
  if (before > 0) {
    notices.push(`${before} of the days had data before; only what came since is compared.`);
  }
  const uncertain = prediction.uncertain.reduce((sum, { hits }) => sum + hits, 0);
  if (uncertain > 0) {
    const batches = new Set(prediction.uncertain.map(({ batch }) => batch)).size;
    notices.push(
      `Of ${plural(uncertain, 'hit')} in ${plural(batches, 'batch')} the journal does not know whether Matomo has them; those that were taken into a queue count as recorded, the others do not.`,
    );
  }
  if (days.some(({ date, differences }) => date === facts.today && differences.length > 0)) {
    notices.push(
      'Today is among the days that differ: Matomo makes today’s reports anew only after a quarter of an hour, if not set otherwise.',
    );
  }
  if (facts.moving) {
    notices.push('The numbers were still moving when the time was over: wait longer (--wait).');
  }
  return notices;
}

const plural = (count: number, what: 'hit' | 'batch'): string =>
  count === 1 ? `1 ${what}` : `${count} ${what === 'batch' ? 'batches' : 'hits'}`;
