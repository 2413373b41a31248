import { exitCodes } from './exit-codes.ts';
import { type ProblemCode, problemTable, type Severity } from './problem-table.ts';

/** Something that is wrong with the settings or with what they name, told to a person. */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  /** The settings it is about, snake_case; an unknown name as it was written, in lower case. */
  readonly fields: readonly string[];
  /** The value as the user wrote it; `***` for secrets; null when there is none. */
  readonly value: string | null;
  /** What is wrong: one sentence. */
  readonly message: string;
  /** What to do about it: one sentence. */
  readonly remedy: string;
  /** Where it was written: `environment`, `file .env.light line 12`, `--set`, `default`. */
  readonly source: string;
}

/** What a problem needs besides its code; the severity only where it differs from the table's. */
export interface ProblemParts {
  readonly message: string;
  readonly remedy: string;
  readonly fields?: readonly string[];
  readonly value?: string | null;
  readonly source?: string;
  readonly severity?: Severity;
}

/** Makes a problem; what is left out is: no fields, no value, source `default`, the table's severity. */
export function problem(code: ProblemCode, parts: ProblemParts): Problem {
  return {
    code,
    severity: parts.severity ?? problemTable[code].severity,
    fields: parts.fields ?? [],
    value: parts.value ?? null,
    message: parts.message,
    remedy: parts.remedy,
    source: parts.source ?? 'default',
  };
}

/** One line for a terminal or a log: `error: message remedy [source: value]`. */
export function formatProblem(p: Problem): string {
  const value = p.value === null ? '' : `: ${p.value}`;
  const where = p.source === 'default' ? '' : ` [${p.source}${value}]`;
  return `${p.severity}: ${p.message} ${p.remedy}${where}`;
}

const ranks: Record<Severity, number> = { error: 0, warning: 1, notice: 2 };

/** Errors first, then warnings, then notices; within one severity the order stays. */
export function bySeverity(problems: readonly Problem[]): Problem[] {
  return problems.toSorted((a, b) => ranks[a.severity] - ranks[b.severity]);
}

/** The exit code (a number) of a program that stops because of a problem with this code. */
export function exitCodeOf(code: ProblemCode): number {
  return exitCodes[problemTable[code].exit ?? 'unexpected'].code;
}
