import { distance } from 'fastest-levenshtein';

/** How close two names are to be: `strict` where strangers are to be expected. */
export type Nearness = 'strict' | 'generous';

/**
 * The one of `candidates` that somebody who wrote `written` probably meant, or null: a few letters
 * off, the same words in another order, or (generous) some of its words left out.
 */
export function nearest(
  written: string,
  candidates: readonly string[],
  nearness: Nearness = 'generous',
): string | null {
  const name = bare(written);
  let best: string | null = null;
  let bestScore = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const score = scoreOf(name, bare(candidate), nearness);
    if (score < bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  return best;
}

function scoreOf(name: string, candidate: string, nearness: Nearness): number {
  const letters = distance(name, candidate);
  if (letters <= tolerance(Math.min(name.length, candidate.length), nearness)) return letters;
  const [a, b] = [words(name), words(candidate)];
  if (sameWords(a, b)) return 4;
  // Half of a name is still a name somebody may have meant, but only of a name with several words.
  if (nearness === 'generous' && a.length >= 2 && a.every((word) => b.includes(word))) {
    return 5 + b.length - a.length;
  }
  return Number.POSITIVE_INFINITY;
}

function tolerance(length: number, nearness: Nearness): number {
  if (length < 6) return nearness === 'generous' ? 1 : 0;
  if (length < 12) return nearness === 'generous' ? 2 : 1;
  return nearness === 'generous' ? 3 : 2;
}

const bare = (name: string): string => name.toUpperCase().replace(/[\s-]/g, '_');
const words = (name: string): string[] => name.split(/[_/]+/).filter((word) => word !== '');
const sameWords = (a: readonly string[], b: readonly string[]): boolean =>
  a.length > 1 && a.toSorted().join() === b.toSorted().join();
