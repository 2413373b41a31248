import { type Problem, problem } from '@trafficinator/contract';
import { legsOf } from '../backfill/legs.ts';
import type { BackfillProcess } from '../backfill/process.ts';
import { Failure } from '../edge/failure.ts';
import { newSeed } from '../edge/identity.ts';
import { openLog } from '../edge/log.ts';
import { logSettings } from '../edge/log-settings.ts';
import { loadMaterial } from '../edge/material.ts';
import type { SettingsFlags } from '../edge/settings.ts';
import { printForecast } from './backfill-dry-run.ts';
import { fillTarget, logProblems } from './backfill-leg.ts';
import { backfillSettings } from './backfill-settings.ts';
import { backfillSources } from './backfill-sources.ts';
import { printStatus } from './backfill-status.ts';
import { fillTargets } from './backfill-targets.ts';
import { backfillText } from './backfill-text.ts';
import { openStatusServer } from './status-server.ts';

export interface BackfillFlags extends SettingsFlags {
  readonly restart: boolean;
  readonly status: boolean;
  readonly dryRun?: boolean;
  /** With `status`: which target. */
  readonly target?: string;
  readonly json: boolean;
}

/** `trafficinator backfill`: fills days of the past. Resolves to the exit code. */
export async function backfillCommand(flags: BackfillFlags): Promise<number> {
  if (flags.status) return printStatus(flags);
  if (flags.dryRun) return printForecast(flags);
  const read = backfillSettings(flags, 'send', (text) => process.stderr.write(text));
  const { settings } = read;
  const log = openLog(settings.log_level);
  const { material, problems } = loadMaterial(settings);
  refuseUnrepeatable(problems);
  logProblems(log, problems);
  logSettings(log, settings);
  const legs = legsOf(settings);
  const shared = {
    material,
    restart: flags.restart,
    seed: settings.backfill_seed ?? settings.seed,
    json: flags.json,
  };
  const [only] = legs;
  if (only !== undefined && legs.length === 1) {
    const watch = (backfill: BackfillProcess) =>
      openStatusServer(
        backfillSources(() => backfill.report(), backfill),
        settings,
        read.askedForPort,
        log,
      );
    const report = await fillTarget({ ...shared, leg: only, newSeed, watch, log });
    process.stdout.write(flags.json ? `${JSON.stringify(report)}\n` : backfillText(report));
    return report.exit_code ?? 0;
  }
  return fillTargets(legs, { ...shared, settings, askedForPort: read.askedForPort, log });
}

/** What a backfill has sent is known by planning it again; that must come out the same. */
function refuseUnrepeatable(problems: readonly Problem[]): void {
  const found = problems.filter(({ code }) => code === 'plugin_not_reproducible');
  if (found.length === 0) return;
  throw new Failure(
    found.map((each) => problem('plugin_unusable', { ...each, severity: 'error' })),
  );
}
