import {
  type Problem,
  type ProblemCode,
  type ProblemParts,
  problem,
} from '@trafficinator/contract';

/** The backfill cannot go on; what is done is kept, and the same command goes on later. */
export class Halt extends Error {
  readonly problem: Problem;

  constructor(code: ProblemCode, parts: ProblemParts) {
    super(parts.message);
    this.problem = problem(code, parts);
  }
}

/** The backfill was asked to stop: nothing is wrong. */
export class Stopped extends Error {}
