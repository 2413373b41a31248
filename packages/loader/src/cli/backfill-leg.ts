import {
  type BackfillReport,
  formatProblem,
  type Problem,
  type Settings,
} from '@trafficinator/contract';
import { renderBackfillMetrics } from '../account/backfill-metrics.ts';
import { StateError } from '../account/live-state.ts';
import type { Leg } from '../backfill/legs.ts';
import { BackfillProcess } from '../backfill/process.ts';
import { type TakenUp, takeUp } from '../backfill/take-up.ts';
import { askForBackfill } from '../backfill/target.ts';
import { systemClock } from '../edge/clock.ts';
import { materialDigest } from '../edge/identity.ts';
import type { Log } from '../edge/log.ts';
import { readReport } from '../edge/report-file.ts';
import { onStopSignals } from '../edge/signals.ts';
import { openBatches, reportPath, stateFailure } from '../edge/state.ts';
import { readAuthority } from '../edge/tls.ts';
import { version } from '../edge/version.ts';
import type { Material } from '../plan/material/material.ts';
import { backfillProgress } from './backfill-progress.ts';
import { lanesOf } from './backfill-settings.ts';
import { keepBaseline } from './keep-baseline.ts';
import { openStatusServer } from './status-server.ts';

export interface LegParts {
  readonly leg: Leg;
  readonly material: Material;
  readonly restart: boolean;
  /** The seed that was asked for, or null; and one for a new backfill without. */
  readonly seed: number | null;
  readonly newSeed: () => number;
  /** STATUS_PORT was asked for; null: no status server. */
  readonly askedForPort: boolean | null;
  readonly json: boolean;
  readonly log: Log;
}

/** Fills one target's days. Throws a Failure when it cannot begin. */
export async function fillTarget(parts: LegParts): Promise<BackfillReport> {
  const { log, material, restart } = parts;
  const { target, settings, seedOf } = parts.leg;
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
      seed: parts.seed === null ? null : seedOf(parts.seed),
      newSeed: () => seedOf(parts.newSeed()),
      features: target.features,
      zone: asked.zone,
      now_ms: systemClock.now(),
      cut_ms: asked.cut_ms,
      material: materialDigest(material),
      lanes: lanesOf(settings, bulk),
      restart,
      report: readReport(report_path),
    });
    logBegin(log, taken);
    await keepBaseline({ settings, target, ca, journal, ...taken, log, now: systemClock.now });
    const progress = backfillProgress(process.stderr, log, parts.json);
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
    const report = await runServed(backfill, settings, parts.askedForPort, log);
    progress.end();
    return report;
  } catch (error) {
    throw error instanceof StateError ? stateFailure(error) : error;
  } finally {
    journal.close();
  }
}

/** Runs with a status server and under the stop signals. */
async function runServed(
  backfill: BackfillProcess,
  settings: Settings,
  askedForPort: boolean | null,
  log: Log,
): Promise<BackfillReport> {
  const sources = {
    status: () => backfill.report(),
    metrics: () => renderBackfillMetrics(backfill.report(), version),
    live: () => backfill.live(),
    ready: () => backfill.ready(),
  };
  const server =
    askedForPort === null ? null : await openStatusServer(sources, settings, askedForPort, log);
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

export function logProblems(log: Log, problems: readonly Problem[]): void {
  for (const found of problems) {
    const say = found.severity === 'warning' ? 'warn' : 'info';
    log[say]({ code: found.code }, formatProblem(found));
  }
}
