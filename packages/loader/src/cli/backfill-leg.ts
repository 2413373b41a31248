import { type BackfillReport, formatProblem, type Problem } from '@trafficinator/contract';
import { StateError } from '../account/live-state.ts';
import { PluginNotes } from '../account/plugin-notes.ts';
import type { StatusServer } from '../account/server.ts';
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
import { addressesOf } from '../plan/addresses.ts';
import type { Material } from '../plan/material/material.ts';
import { backfillProgress } from './backfill-progress.ts';
import { lanesOf } from './backfill-settings.ts';
import { keepBaseline } from './keep-baseline.ts';

export interface LegParts {
  readonly leg: Leg;
  readonly material: Material;
  readonly restart: boolean;
  /** The seed that was asked for, or null; and one for a new backfill without. */
  readonly seed: number | null;
  readonly newSeed: () => number;
  /** Gets the backfill before its first batch; what it opens is closed at the end. */
  readonly watch: (backfill: BackfillProcess) => Promise<StatusServer | null>;
  readonly json: boolean;
  readonly log: Log;
}

/** Fills one target's days. Throws a Failure when it cannot begin. */
export async function fillTarget(parts: LegParts): Promise<BackfillReport> {
  const { log, material, restart } = parts;
  const { target, alone, settings, seedOf } = parts.leg;
  const ca = readAuthority(settings.tls_ca_file);
  const addresses = addressesOf(material, settings);
  const asked = await askForBackfill(settings, ca, addresses, () => systemClock.now());
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
      behaviour: material.behaviour?.digest ?? null,
      lanes: lanesOf(settings, bulk),
      restart,
      report: readReport(report_path),
    });
    logBegin(log, taken);
    await keepBaseline({ settings, target, ca, journal, ...taken, log, now: systemClock.now });
    const progress = backfillProgress(process.stderr, log, parts.json);
    const notes = new PluginNotes((line, message) => log.warn(line, message));
    const backfill = new BackfillProcess({
      settings,
      target: alone ? null : target.name,
      features: target.features,
      material,
      ca,
      journal,
      taken,
      bulk,
      log,
      report_path,
      progress: (report) => {
        progress.show(report);
        notes.beat(report.plugins);
      },
    });
    const report = await runWatched(backfill, parts.watch);
    progress.end();
    notes.end(report.plugins);
    return report;
  } catch (error) {
    throw error instanceof StateError ? stateFailure(error) : error;
  } finally {
    journal.close();
  }
}

/** Runs under the stop signals while somebody watches. */
async function runWatched(
  backfill: BackfillProcess,
  watch: LegParts['watch'],
): Promise<BackfillReport> {
  const server = await watch(backfill);
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
