import type { BackfillReport } from '@trafficinator/contract';
import { onlyTarget } from '../backfill/target.ts';
import { Failure } from '../edge/failure.ts';
import { readReport } from '../edge/report-file.ts';
import { type SettingsFlags, settingsOfProcess } from '../edge/settings.ts';
import { isBackfillHeld, reportPath } from '../edge/state.ts';
import { backfillText } from './backfill-text.ts';

/** `backfill --status`: prints the report of this target's backfill, running or not. Sends nothing. */
export function printStatus(
  flags: SettingsFlags & { readonly json: boolean; readonly target?: string },
): number {
  const { settings: all, problems } = settingsOfProcess(flags, 'send');
  const missing = problems.filter(({ fields }) => fields.some((field) => places.includes(field)));
  if (missing.some(({ severity }) => severity === 'error')) throw new Failure(missing);
  const { target, settings } = onlyTarget(all, flags.target ?? null);
  const written = readReport(reportPath(settings, target));
  if (written === null) {
    process.stdout.write(flags.json ? 'null\n' : 'There is no backfill of this target here.\n');
    return 0;
  }
  const isKilled = written.state === 'running' && !isBackfillHeld(settings, target);
  const report = isKilled ? killed(written) : written;
  process.stdout.write(flags.json ? `${JSON.stringify(report)}\n` : backfillText(report));
  return 0;
}

/** What says which backfill is meant. */
const places = ['matomo_url', 'matomo_site_id', 'targets', 'state_dir'];

const killed = (report: BackfillReport): BackfillReport => ({
  ...report,
  state: 'stopped',
  eta_seconds: null,
  exit_reason: `The process ended without a word (killed?) after ${report.updated_at}, when it wrote these numbers; the same command goes on where it stopped.`,
});
