import type { ProblemCode } from './problem-table.ts';

/** What is wrong with one value, before anybody knows where it was written. */
export interface Complaint {
  readonly code: ProblemCode;
  readonly message: string;
  readonly remedy: string;
}

/** Tells a complaint from a value. */
export function isComplaint(x: { value: unknown } | Complaint): x is Complaint {
  return 'code' in x;
}
