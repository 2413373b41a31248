import type { BackfillWindow, Settings, Target } from '@trafficinator/contract';
import type { BatchJournal, RememberedBackfill } from '../account/batches/batch.ts';
import { baselinePath, readBaseline, writeBaseline } from '../edge/baseline-file.ts';
import type { Log } from '../edge/log.ts';
import { takeBaseline } from '../reconcile/baseline.ts';
import { ReportingError } from '../send/reporting.ts';
import { reportsReader } from './reconcile-target.ts';

export interface BaselineParts {
  readonly settings: Settings;
  readonly target: Target;
  readonly ca: string | null;
  readonly journal: BatchJournal;
  readonly backfill: RememberedBackfill;
  readonly window: BackfillWindow;
  readonly log: Log;
  /** Wall clock, epoch ms. */
  readonly now: () => number;
}

/**
 * Before the first batch of a backfill: reads what the days of the window hold already and keeps it beside
 * the journal, so that `reconcile` can tell it from what the backfill adds. A backfill that has sent
 * anything keeps what it has. It goes on without a baseline if Matomo does not give its reports.
 */
export async function keepBaseline(parts: BaselineParts): Promise<void> {
  const { settings, target, journal, backfill, log } = parts;
  const path = baselinePath(settings, target);
  if (!isUntouched(journal, backfill) || readBaseline(path, backfill.run_id) !== null) return;
  const reporting = reportsReader(settings, parts.ca, parts.now);
  const facts = { run_id: backfill.run_id, site_id: target.site_id, timezone: backfill.zone };
  try {
    const taken = await takeBaseline(reporting, facts, parts.window, parts.now());
    writeBaseline(path, taken);
    log.info({ days_with_data: Object.keys(taken.days).length }, 'baseline taken');
  } catch (error) {
    const why = error instanceof ReportingError ? error.message : codeOf(error);
    log.warn(`No baseline (${why}): reconcile will take the days to have been empty.`);
  } finally {
    await reporting.close();
  }
}

const isUntouched = (journal: BatchJournal, { lanes }: RememberedBackfill): boolean =>
  Array.from({ length: lanes }, (_, lane) => journal.nextIndex(lane)).every((at) => at === null);

/** Of a file that cannot be written; anything else is a mistake in this program. */
function codeOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === undefined) throw error;
  return code;
}
