import {
  type BackfillReport,
  backfillWindow,
  formatProblem,
  maskedSettings,
  type Problem,
  type Settings,
  type Target,
  targetsOf,
} from '@trafficinator/contract';
import { BackfillProcess } from '../backfill/process.ts';
import { takeUp } from '../backfill/take-up.ts';
import { systemClock } from '../edge/clock.ts';
import { Failure } from '../edge/failure.ts';
import { materialDigest } from '../edge/identity.ts';
import { type Log, openLog } from '../edge/log.ts';
import { loadMaterial } from '../edge/material.ts';
import { readReport } from '../edge/report-file.ts';
import { type SettingsFlags, settingsOfProcess } from '../edge/settings.ts';
import { onStopSignals } from '../edge/signals.ts';
import { openBatches, reportPath } from '../edge/state.ts';
import { readAuthority } from '../edge/tls.ts';
import { userAgent, version } from '../edge/version.ts';
import { dayOf } from '../pace/calendar.ts';
import { askTarget } from '../send/preflight.ts';
import { backfillProgress } from './backfill-progress.ts';
import { backfillText } from './backfill-text.ts';

export interface BackfillFlags extends SettingsFlags {
  readonly restart: boolean;
  readonly status: boolean;
  readonly json: boolean;
}

const asking_ms = 10_000;
const mostSingleLanes = 64;

/** `trafficinator backfill`: fills days of the past. Resolves to the exit code. */
export async function backfillCommand(flags: BackfillFlags): Promise<number> {
  if (flags.status) return showStatus(flags);
  const settings = validSettings(flags);
  const log = openLog(settings.log_level);
  const { material, problems } = loadMaterial(settings.urls_file);
  for (const found of problems) log.warn({ code: found.code }, formatProblem(found));
  log.info({ version, settings: maskedSettings(settings) }, 'effective settings');
  const ca = readAuthority(settings.tls_ca_file);
  const zone = await siteZone(settings, ca, [...new Set(material.pages.map(originOf))], log);
  const journal = openBatches(settings, targetOf(settings));
  try {
    const bulk = settings.delivery !== 'single';
    const lanes = bulk ? settings.bulk_lanes : Math.min(settings.concurrency, mostSingleLanes);
    const taken = takeUp(journal, {
      settings,
      zone,
      now_ms: systemClock.now(),
      material: materialDigest(material.pages),
      lanes,
      restart: flags.restart,
    });
    const { run_id, seed } = taken.backfill;
    log.info({ run_id, seed, ...taken.window, zone }, taken.resumed ? 'going on' : 'new backfill');
    const progress = backfillProgress(process.stderr, log, flags.json);
    const backfill = new BackfillProcess({
      settings,
      material,
      ca,
      journal,
      taken,
      bulk,
      log,
      report_path: reportPath(settings, targetOf(settings)),
      progress: progress.show,
    });
    const forget = onStopSignals((exitCode, signal) => backfill.stop(exitCode, signal));
    const report = await backfill.run();
    forget();
    progress.end();
    print(report, flags.json);
    return report.exit_code ?? 0;
  } finally {
    journal.close();
  }
}

function validSettings(flags: SettingsFlags): Settings {
  const read = settingsOfProcess(flags, 'backfill');
  const zoneKnown = !read.problems.some((p) => p.code === 'zone_unknown');
  const today = dayOf(systemClock.now(), zoneKnown ? read.settings.timezone : 'UTC');
  const window = backfillWindow(read.settings, today).problems;
  // The site may already have tomorrow's date: only the target can tell whether a window is too late.
  const now = window.filter((p) => p.code !== 'backfill_window_in_future');
  const problems = [...read.problems, ...now];
  if (problems.some((p) => p.severity === 'error')) throw new Failure(problems);
  for (const found of problems) process.stderr.write(`${formatProblem(found)}\n`);
  return read.settings;
}

/** Asks the target before the first hit; throws a Failure when it cannot succeed. The site's zone. */
async function siteZone(
  settings: Settings,
  ca: string | null,
  origins: readonly string[],
  log: Log,
): Promise<string> {
  const timeout_ms = Math.min(asking_ms, settings.request_timeout_seconds * 1000);
  const asked = { ca, user_agent: userAgent, timeout_ms, origins };
  const { problems, facts } = await askTarget(settings, asked);
  if (problems.some((p) => p.severity === 'error')) throw new Failure(problems);
  for (const found of problems) logProblem(log, found);
  const zone = facts.site?.timezone ?? settings.timezone;
  if (facts.site === null) {
    log.warn({ zone }, 'the site’s timezone could not be asked; TIMEZONE stands in for it');
  }
  return zone;
}

function logProblem(log: Log, found: Problem): void {
  if (found.severity === 'warning') log.warn({ code: found.code }, formatProblem(found));
  else log.info({ code: found.code }, formatProblem(found));
}

/** `--status`: the report of the backfill of this target, running or not. */
function showStatus(flags: BackfillFlags): number {
  const { settings } = settingsOfProcess(flags, 'plan');
  const report = readReport(reportPath(settings, targetOf(settings)));
  if (report === null) {
    process.stdout.write(flags.json ? 'null\n' : 'There is no backfill of this target here.\n');
    return 0;
  }
  print(report, flags.json);
  return 0;
}

const print = (report: BackfillReport, json: boolean): void => {
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : backfillText(report));
};

const originOf = (page: { readonly url: { readonly raw: string } }): string =>
  new URL(page.url.raw).origin;

/** The first target: a backfill of several is one process each. */
const targetOf = (settings: Settings): Target => targetsOf(settings).list.targets[0] as Target;
