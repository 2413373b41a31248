import {
  type BackfillReport,
  formatProblem,
  maskedSettings,
  type Problem,
} from '@trafficinator/contract';
import { renderBackfillMetrics } from '../account/backfill-metrics.ts';
import { BackfillProcess } from '../backfill/process.ts';
import { type TakenUp, takeUp } from '../backfill/take-up.ts';
import { askForBackfill, type OnlyTarget, onlyTarget } from '../backfill/target.ts';
import { systemClock } from '../edge/clock.ts';
import { materialDigest } from '../edge/identity.ts';
import { type Log, openLog } from '../edge/log.ts';
import { loadMaterial } from '../edge/material.ts';
import { readReport } from '../edge/report-file.ts';
import type { SettingsFlags } from '../edge/settings.ts';
import { onStopSignals } from '../edge/signals.ts';
import { openBatches, reportPath } from '../edge/state.ts';
import { readAuthority } from '../edge/tls.ts';
import { version } from '../edge/version.ts';
import { printForecast } from './backfill-dry-run.ts';
import { backfillProgress } from './backfill-progress.ts';
import { backfillSettings, lanesOf } from './backfill-settings.ts';
import { printStatus } from './backfill-status.ts';
import { backfillText } from './backfill-text.ts';
import { keepBaseline } from './keep-baseline.ts';
import { openStatusServer } from './status-server.ts';

export interface BackfillFlags extends SettingsFlags {
  readonly restart: boolean;
  readonly status: boolean;
  readonly dryRun?: boolean;
  readonly json: boolean;
}

/** `trafficinator backfill`: fills days of the past. Resolves to the exit code. */
export async function backfillCommand(flags: BackfillFlags): Promise<number> {
  if (flags.status) return printStatus(flags);
  if (flags.dryRun) return printForecast(flags);
  const read = backfillSettings(flags, 'send', (text) => process.stderr.write(text));
  const { target, settings } = onlyTarget(read.settings);
  const log = openLog(settings.log_level);
  const { material, problems } = loadMaterial(settings);
  logProblems(log, problems);
  log.info({ version, settings: maskedSettings(settings) }, 'effective settings');
  const ca = readAuthority(settings.tls_ca_file);
  const origins = [...new Set(material.pages.map((page) => new URL(page.url.raw).origin))];
  const asked = await askForBackfill(settings, ca, origins, () => systemClock.now());
  logProblems(log, asked.problems);
  const report_path = reportPath(settings, target);
  const journal = openBatches(settings, target);
  try {
    const bulk = settings.delivery !== 'single';
    const taken = takeUp(journal, {
      settings,
      features: target.features,
      zone: asked.zone,
      now_ms: systemClock.now(),
      cut_ms: asked.cut_ms,
      material: materialDigest(material),
      lanes: lanesOf(settings, bulk),
      restart: flags.restart,
      report: readReport(report_path),
    });
    logBegin(log, taken);
    await keepBaseline({ settings, target, ca, journal, ...taken, log, now: systemClock.now });
    const progress = backfillProgress(process.stderr, log, flags.json);
    const backfill = new BackfillProcess({
      settings,
      features: target.features,
      material,
      ca,
      journal,
      taken,
      bulk,
      log,
      report_path,
      progress: progress.show,
    });
    const report = await runServed(backfill, { target, settings }, read.askedForPort, log);
    progress.end();
    process.stdout.write(textOf(report, flags.json));
    return report.exit_code ?? 0;
  } finally {
    journal.close();
  }
}

/** Runs with a status server and under the stop signals. */
async function runServed(
  backfill: BackfillProcess,
  { settings }: OnlyTarget,
  askedForPort: boolean,
  log: Log,
): Promise<BackfillReport> {
  const sources = {
    status: () => backfill.report(),
    metrics: () => renderBackfillMetrics(backfill.report(), version),
    live: () => backfill.live(),
    ready: () => backfill.ready(),
  };
  const server = await openStatusServer(sources, settings, askedForPort, log);
  const forget = onStopSignals((exitCode, signal) => backfill.stop(exitCode, signal));
  try {
    return await backfill.run();
  } finally {
    forget();
    await server?.close();
  }
}

function logBegin(log: Log, { backfill, window, resumed, warnings }: TakenUp): void {
  const { run_id, seed, zone } = backfill;
  log.info({ run_id, seed, ...window, zone }, resumed ? 'going on' : 'new backfill');
  for (const warning of warnings) log.warn(warning);
}

function logProblems(log: Log, problems: readonly Problem[]): void {
  for (const found of problems) {
    const say = found.severity === 'warning' ? 'warn' : 'info';
    log[say]({ code: found.code }, formatProblem(found));
  }
}

const textOf = (report: BackfillReport, json: boolean): string =>
  json ? `${JSON.stringify(report)}\n` : backfillText(report);
