import {
  backfillWindow,
  bySeverity,
  exitCodeOf,
  exitCodes,
  type Problem,
  type Purpose,
  type Settings,
  targetsOf,
} from '@trafficinator/contract';
import { siteZone } from '../backfill/site-zone.ts';
import { systemClock } from '../edge/clock.ts';
import { Failure } from '../edge/failure.ts';
import { loadMaterial } from '../edge/material.ts';
import { type SettingsFlags, settingsOfProcess } from '../edge/settings.ts';
import { readAuthority } from '../edge/tls.ts';
import { dayOf } from '../pace/calendar.ts';
import type { Clock } from '../pace/clock.ts';
import type { Material } from '../plan/material/material.ts';
import { type Finding, materialFindings } from './check-findings.ts';
import { ownTrafficFindings } from './check-funnels.ts';
import { journeyFindings } from './check-journeys.ts';
import { type CheckReport, checkText, reportJson } from './check-report.ts';
import { type AskedTarget, checkTarget } from './check-target.ts';
import { printProblems, showsColour, type TextStream } from './report.ts';

export interface CheckFlags extends SettingsFlags {
  /** Ask nobody: settings and files only. */
  readonly skipConnection?: boolean;
  readonly json?: boolean;
  /** Longest wait for each answer, seconds. */
  readonly timeout?: number;
  /** Check for a backfill: its rules too, and whether a hit of the past is taken. */
  readonly backfill?: boolean;
}

/** Where the check writes and how it waits. */
export interface CheckDoors {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly clock: Clock;
}

const ofProcess = (): CheckDoors => ({
  stdout: process.stdout,
  stderr: process.stderr,
  clock: systemClock,
});

/**
 * `trafficinator check`: judges the settings and the files they name, then asks each target and sends it
 * one marked visit. Resolves to the exit code: 0 (warnings are no failure), 2 or 3.
 */
export async function runCheck(
  flags: CheckFlags,
  doors: CheckDoors = ofProcess(),
): Promise<number> {
  const { settings, problems: read } = settingsOfProcess(flags, purposeOf(flags));
  const files = checkFiles(settings);
  const local = bySeverity([
    ...read,
    ...(flags.backfill ? windowProblems(settings, doors.clock.now()) : []),
    ...files.problems,
  ]);
  const isUsable = local.every(({ severity }) => severity !== 'error');
  const asked: AskedTarget[] = [];
  if (!flags.skipConnection && isUsable && files.loaded !== null) {
    for (const target of targetsOf(settings).list.targets) {
      asked.push(await checkTarget(target, settings, files.loaded, flags, doors));
    }
  }
  const problems = bySeverity([...local, ...asked.flatMap((target) => target.problems)]);
  const first = problems.find(({ severity }) => severity === 'error');
  const report: CheckReport = {
    exit_code: first === undefined ? exitCodes.ok.code : exitCodeOf(first.code),
    problems,
    findings: files.findings,
    targets: asked,
    settings,
  };
  const people = flags.json ? doors.stderr : doors.stdout;
  const colour = showsColour(people);
  printProblems(problems, people, colour);
  people.write(checkText(report, flags.skipConnection === true, colour));
  if (flags.json) doors.stdout.write(`${reportJson(report)}\n`);
  return report.exit_code;
}

function purposeOf(flags: CheckFlags): Purpose {
  if (flags.skipConnection) return 'plan';
  return flags.backfill ? 'backfill' : 'send';
}

/** Of a window that is given; its end is judged by the site's date, which only the target knows. */
function windowProblems(settings: Settings, now_ms: number): Problem[] {
  const leftToOthers = ['backfill_window_missing', 'backfill_window_in_future'];
  const zone = siteZone(settings.timezone) ?? 'UTC';
  const { problems } = backfillWindow(settings, dayOf(now_ms, zone));
  return problems.filter(({ code }) => !leftToOthers.includes(code));
}

interface LoadedFiles {
  readonly material: Material;
  readonly ca: string | null;
}

/** Reads the files that the settings name; what cannot be read is a problem, not the end. */
function checkFiles(settings: Settings): {
  readonly loaded: LoadedFiles | null;
  readonly problems: readonly Problem[];
  readonly findings: readonly Finding[];
} {
  const problems: Problem[] = [];
  const attempt = <T>(load: () => T): T | null => {
    try {
      return load();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      problems.push(...error.problems);
      return null;
    }
  };
  const material = attempt(() => loadMaterial(settings));
  const authority = attempt(() => ({ ca: readAuthority(settings.tls_ca_file) }));
  problems.push(...(material?.problems ?? []));
  return {
    loaded:
      material === null || authority === null
        ? null
        : { material: material.material, ca: authority.ca },
    problems,
    findings:
      material === null
        ? []
        : [
            ...materialFindings(material),
            ...ownTrafficFindings(material),
            ...journeyFindings(material, settings),
          ],
  };
}
