import { folded } from './highlight.ts';

/** Where a text holds what is searched for, whatever the case; at most so many. */
export const mostFound = 100_000;

export function findAll(text: string, search: string): number[] {
  if (search === '') return [];
  const all = folded(text);
  const wanted = folded(search);
  const found: number[] = [];
  for (
    let at = all.indexOf(wanted);
    at >= 0 && found.length < mostFound;
    at = all.indexOf(wanted, at + wanted.length)
  ) {
    found.push(at);
  }
  return found;
}

/** Which of the places found comes next to a position, in a direction; at the end it begins anew. −1: none. */
export function nextFound(found: readonly number[], position: number, by: 1 | -1): number {
  if (found.length === 0) return -1;
  if (by === 1) {
    const next = found.findIndex((at) => at >= position);
    return Math.max(next, 0);
  }
  const before = found.findLastIndex((at) => at < position);
  return before < 0 ? found.length - 1 : before;
}
