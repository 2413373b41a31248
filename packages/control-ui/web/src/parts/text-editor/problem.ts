/** What is to be said of a line of a text. */
export interface TextProblem {
  /** From 1; 0: the whole text. */
  readonly line: number;
  /** What is wrong, and what to do about it. */
  readonly sentence: string;
  /** error unless said. */
  readonly severity?: 'error' | 'warning' | undefined;
}

export const isError = ({ severity }: TextProblem): boolean => severity !== 'warning';

/** The worst problem of each line. */
export function byLine(problems: readonly TextProblem[]): ReadonlyMap<number, TextProblem> {
  const found = new Map<number, TextProblem>();
  for (const problem of problems) {
    const known = found.get(problem.line);
    if (known === undefined || (isError(problem) && !isError(known))) {
      found.set(problem.line, problem);
    }
  }
  return found;
}
