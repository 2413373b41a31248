import { maskedSettings, type Problem, type Settings } from '@trafficinator/contract';
import type { ConfiguredDimension, ConfiguredGoal, DoctorFacts } from '../send/preflight/doctor.ts';
import type { TargetFacts } from '../send/preflight.ts';
import type { Finding } from './check-findings.ts';
import type { OldHitResult } from './check-old-hit.ts';
import type { ProbeResult } from './check-probe.ts';
import { paint, problemCounts } from './report.ts';

/** A target that was asked, and what it said; null where it did not say. */
export interface CheckedTarget extends TargetFacts {
  readonly name: string;
  readonly url: string;
  readonly site_id: number;
  readonly plugins: DoctorFacts['plugins'] | null;
  readonly goals: readonly ConfiguredGoal[] | null;
  readonly custom_dimensions: readonly ConfiguredDimension[] | null;
  /** null: no visit was sent. */
  readonly probe: ProbeResult | null;
  /** null: no hit of the past was sent, since no backfill is in sight or it could not succeed. */
  readonly old_hit: OldHitResult | null;
}

export interface CheckReport {
  readonly exit_code: number;
  readonly problems: readonly Problem[];
  /** About what is here. */
  readonly findings: readonly Finding[];
  /** None: they were not asked. */
  readonly targets: readonly {
    readonly findings: readonly Finding[];
    readonly checked: CheckedTarget;
  }[];
  readonly settings: Settings;
}

/** The report as one line of JSON; secrets are masked. `target` is the first of `targets`. */
export function reportJson(report: CheckReport): string {
  const of = (severity: Problem['severity']) =>
    report.problems.filter((found) => found.severity === severity);
  const targets = report.targets.map(({ checked }) => checked);
  return JSON.stringify({
    ok: report.exit_code === 0,
    exit_code: report.exit_code,
    errors: of('error'),
    warnings: of('warning'),
    notices: of('notice'),
    findings: [...report.findings, ...report.targets.flatMap(({ findings }) => findings)],
    target: targets[0] ?? null,
    targets,
    settings: maskedSettings(report.settings),
  });
}

/** What follows the problems: what was found, what was sent, and the verdict. */
export function checkText(report: CheckReport, skipped: boolean, colour: boolean): string {
  const first = report.targets[0];
  const sections: [string, readonly Finding[]][] =
    first === undefined
      ? [['Found', report.findings]]
      : report.targets.map(({ checked, findings }, at) => [
          `Found at ${checked.url}`,
          at === 0 ? [...report.findings, ...findings] : findings,
        ]);
  return [
    ...sections.flatMap(([title, findings]) => sectionLines(title, findings, colour)),
    verdictLine(report, colour),
    sentLine(report, skipped),
    '',
  ].join('\n');
}

function sectionLines(title: string, findings: readonly Finding[], colour: boolean): string[] {
  if (findings.length === 0) return [];
  const width = Math.max(...findings.map(({ label }) => label.length));
  return [
    paint(title, ['bold'], colour),
    ...findings.map(({ label, text }) => `  ${label.padEnd(width)}  ${text}`),
    '',
  ];
}

function verdictLine({ exit_code, problems }: CheckReport, colour: boolean): string {
  const ok = exit_code === 0;
  const line = `${ok ? 'Valid' : 'Not valid'}: ${problemCounts(problems)}.`;
  return paint(line, [ok ? 'green' : 'red', 'bold'], colour);
}

function sentLine({ targets, exit_code }: CheckReport, skipped: boolean): string {
  const sent = targets.flatMap(({ checked: { probe, old_hit } }) =>
    [probe, old_hit].filter((each) => each !== null),
  ).length;
  if (sent === 1) return 'One marked visit was sent; everything else was only asked.';
  if (sent > 1) return `${sent} marked visits were sent; everything else was only asked.`;
  if (targets.length > 0) return 'The target was asked; no visit was sent.';
  if (skipped) return 'The target was not asked (--skip-connection).';
  return exit_code === 0
    ? 'The target was not asked.'
    : 'The target was not asked: mend the errors first.';
}
