import type { Problem } from '@trafficinator/contract';
import { jsonPlaces, lineOfPath } from './json-places.ts';
import type { TextProblem } from './problem.ts';

/**
 * Problems that the contract found in a JSON file, on their lines. Of each problem the second field is the place
 * within the file: `click_events.0.action`.
 */
export function jsonProblems(text: string, found: readonly Problem[]): TextProblem[] {
  if (found.length === 0) return [];
  const places = jsonPlaces(text);
  return found.map(({ severity, fields, message, remedy }) => ({
    line: places.broken ?? lineOfPath(places, fields[1] ?? ''),
    sentence: `${message} ${remedy}`,
    severity: severity === 'error' ? 'error' : 'warning',
  }));
}
