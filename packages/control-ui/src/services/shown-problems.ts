import type { Problem } from '@trafficinator/contract';

/** Problems as answers hold them. */
export function shownProblems(problems: readonly Problem[]): (Problem & { fields: string[] })[] {
  return problems.map((each) => ({ ...each, fields: [...each.fields] }));
}
