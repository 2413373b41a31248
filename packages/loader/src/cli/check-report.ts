import { maskedSettings, type Problem, type Settings } from '@trafficinator/contract';
import type { TargetFacts } from '../send/preflight.ts';
import type { Finding } from './check-findings.ts';
import type { ProbeResult } from './check-probe.ts';
import { paint, problemCounts } from './report.ts';

/** A target that was asked, and what it said. */
export interface CheckedTarget extends TargetFacts {
  readonly url: string;
  readonly site_id: number;
  /** null: no visit was sent. */
  readonly probe: ProbeResult | null;
}

export interface CheckReport {
  readonly exit_code: number;
  readonly problems: readonly Problem[];
  readonly findings: readonly Finding[];
  /** null: it was not asked. */
  readonly target: CheckedTarget | null;
  readonly settings: Settings;
}

/** The report as one line of JSON; secrets are masked. */
export function reportJson(report: CheckReport): string {
  const of = (severity: Problem['severity']) =>
    report.problems.filter((found) => found.severity === severity);
  return JSON.stringify({
    ok: report.exit_code === 0,
    exit_code: report.exit_code,
    errors: of('error'),
    warnings: of('warning'),
    notices: of('notice'),
    findings: report.findings,
    target: report.target,
    settings: maskedSettings(report.settings),
  });
}

/** What follows the problems: what was found, what was sent, and the verdict. */
export function checkText(report: CheckReport, skipped: boolean, colour: boolean): string {
  const width = Math.max(0, ...report.findings.map(({ label }) => label.length));
  const findings = report.findings.map(({ label, text }) => `  ${label.padEnd(width)}  ${text}`);
  const title = report.target === null ? 'Found' : `Found at ${report.target.url}`;
  return [
    ...(findings.length === 0 ? [] : [paint(title, ['bold'], colour), ...findings, '']),
    verdictLine(report, colour),
    sentLine(report, skipped),
    '',
  ].join('\n');
}

function verdictLine({ exit_code, problems }: CheckReport, colour: boolean): string {
  const ok = exit_code === 0;
  const line = `${ok ? 'Valid' : 'Not valid'}: ${problemCounts(problems)}.`;
  return paint(line, [ok ? 'green' : 'red', 'bold'], colour);
}

function sentLine({ target, exit_code }: CheckReport, skipped: boolean): string {
  if (target?.probe) return 'One marked visit was sent; everything else was only asked.';
  if (target !== null) return 'The target was asked; no visit was sent.';
  if (skipped) return 'The target was not asked (--skip-connection).';
  return exit_code === 0
    ? 'The target was not asked.'
    : 'The target was not asked: mend the errors first.';
}
