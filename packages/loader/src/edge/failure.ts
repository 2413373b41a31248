import {
  exitCodeOf,
  type Problem,
  type ProblemCode,
  type ProblemParts,
  problem,
} from '@trafficinator/contract';

/** A user's mistake or an unusable target: told in sentences, never with a stack trace. */
export class Failure extends Error {
  readonly problems: readonly Problem[];
  readonly exitCode: number;

  constructor(problems: readonly Problem[]) {
    super(problems.map((p) => p.message).join(' '));
    this.problems = problems;
    const first = problems.find((p) => p.severity === 'error');
    this.exitCode = first === undefined ? 1 : exitCodeOf(first.code);
  }

  static of(code: ProblemCode, parts: ProblemParts): Failure {
    return new Failure([problem(code, parts)]);
  }
}
