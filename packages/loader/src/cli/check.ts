import {
  bySeverity,
  exitCodeOf,
  exitCodes,
  type Problem,
  type Settings,
} from '@trafficinator/contract';
import { systemClock } from '../edge/clock.ts';
import { Failure } from '../edge/failure.ts';
import { loadMaterial } from '../edge/material.ts';
import { type SettingsFlags, settingsOfProcess } from '../edge/settings.ts';
import { readAuthority } from '../edge/tls.ts';
import { userAgent } from '../edge/version.ts';
import type { Clock } from '../pace/clock.ts';
import type { Material } from '../plan/material/material.ts';
import { askTarget } from '../send/preflight.ts';
import { type Finding, materialFindings, probeFindings, targetFindings } from './check-findings.ts';
import { probeTarget } from './check-probe.ts';
import { type CheckedTarget, type CheckReport, checkText, reportJson } from './check-report.ts';
import { printProblems, showsColour, type TextStream } from './report.ts';

export interface CheckFlags extends SettingsFlags {
  /** Ask nobody: settings and files only. */
  readonly skipConnection?: boolean;
  readonly json?: boolean;
  /** Longest wait for each answer, seconds. */
  readonly timeout?: number;
}

/** Where the check writes and how it waits. */
export interface CheckDoors {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly clock: Clock;
}

const usualTimeout_seconds = 10;
const ofProcess = (): CheckDoors => ({
  stdout: process.stdout,
  stderr: process.stderr,
  clock: systemClock,
});

/**
 * `trafficinator check`: judges the settings and the files they name, then asks the target and sends it
 * one marked visit. Resolves to the exit code: 0 (warnings are no failure), 2 or 3.
 */
export async function runCheck(
  flags: CheckFlags,
  doors: CheckDoors = ofProcess(),
): Promise<number> {
  const read = settingsOfProcess(flags, flags.skipConnection ? 'plan' : 'send');
  const files = checkFiles(read.settings);
  const local = bySeverity([...read.problems, ...files.problems]);
  const usable = files.loaded !== null && local.every(({ severity }) => severity !== 'error');
  const target =
    flags.skipConnection || !usable || files.loaded === null
      ? null
      : await checkTarget(read.settings, files.loaded, flags, doors);
  const problems = bySeverity([...local, ...(target?.problems ?? [])]);
  const first = problems.find(({ severity }) => severity === 'error');
  const report: CheckReport = {
    exit_code: first === undefined ? exitCodes.ok.code : exitCodeOf(first.code),
    problems,
    findings: [...files.findings, ...(target?.findings ?? [])],
    target: target?.checked ?? null,
    settings: read.settings,
  };
  const people = flags.json ? doors.stderr : doors.stdout;
  const colour = showsColour(people);
  printProblems(problems, people, colour);
  people.write(checkText(report, flags.skipConnection === true, colour));
  if (flags.json) doors.stdout.write(`${reportJson(report)}\n`);
  return report.exit_code;
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
  const material = attempt(() => loadMaterial(settings.urls_file));
  const authority = attempt(() => ({ ca: readAuthority(settings.tls_ca_file) }));
  problems.push(...(material?.problems ?? []));
  return {
    loaded:
      material === null || authority === null
        ? null
        : { material: material.material, ca: authority.ca },
    problems,
    findings: material === null ? [] : materialFindings(material),
  };
}

async function checkTarget(
  settings: Settings,
  { material, ca }: LoadedFiles,
  flags: CheckFlags,
  { stderr, clock }: CheckDoors,
): Promise<{
  readonly problems: readonly Problem[];
  readonly findings: readonly Finding[];
  readonly checked: CheckedTarget;
}> {
  const timeout_ms = Math.max(1, flags.timeout ?? usualTimeout_seconds) * 1000;
  const origins = [...new Set(material.pages.map((page) => new URL(page.url.raw).origin))];
  const door = { ca, user_agent: userAgent, timeout_ms, now: clock.now };
  stderr.write(`Asking ${settings.matomo_url} …\n`);
  const { problems, facts } = await askTarget(settings, { ...door, origins });
  const asked = { url: settings.matomo_url ?? '', site_id: settings.matomo_site_id, ...facts };
  const findings = targetFindings(facts);
  if (problems.some(({ severity }) => severity === 'error')) {
    return { problems, findings, checked: { ...asked, probe: null } };
  }
  const probed = await probeTarget(settings, material, facts, { ...door, clock, tell: stderr });
  return {
    problems: [...problems, ...probed.problems],
    findings: [...findings, ...probeFindings(probed.probe)],
    checked: { ...asked, probe: probed.probe },
  };
}
