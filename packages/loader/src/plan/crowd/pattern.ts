/**
 * Lays out lags on a circle of P places so that no two of them lead back to the same place: place b with
 * lag d has b − d (mod P) as its predecessor, and every place has at most one successor. P − 1 lags are
 * given; the last place has none, which makes any lags possible (M. Hall 1952, “A combinatorial problem on
 * abelian groups”: differences that sum to 0 are those of two permutations; here by its exchange argument).
 */
export interface Pattern {
  /** P. */
  readonly length: number;
  /** By place: the number of its lag among those given; −1 at the place without. */
  readonly lagOf: Int32Array;
  /** By place: the number of the lag that leads back to it; −1 where none does. */
  readonly lagTo: Int32Array;
}

/** `lags`: whole numbers from 0; as many as wanted, the time grows with their square. */
export function patternOf(lags: readonly number[]): Pattern {
  const length = lags.length + 1;
  const rest = lags.length;
  // Pair k leads from one place back to `from[k]`; `pairAt` tells whose a place is. At first each place
  // leads to itself.
  const from = Int32Array.from({ length }, (_, k) => k);
  const pairAt = Int32Array.from(from);
  const lagOfPair = new Int32Array(length);
  let restAt = rest;
  for (const [k, lag] of lags.entries()) {
    lagOfPair[k] = lag % length;
    // Pair k, which led from its place to itself so far, and the rest are taken apart; all others stay
    // where they are until their places are needed.
    const free = from[k] as number;
    let pair = k;
    let to = free;
    let spare = from[rest] as number;
    for (;;) {
      const place = (to + (lagOfPair[pair] as number)) % length;
      const displaced = pairAt[place] as number;
      from[pair] = to;
      pairAt[place] = pair;
      if (place === free || place === restAt) {
        if (place === restAt) restAt = free;
        break;
      }
      to = spare;
      spare = from[displaced] as number;
      pair = displaced;
    }
    pairAt[restAt] = rest;
    from[rest] = spare;
  }
  const lagOf = new Int32Array(length).fill(-1);
  const lagTo = new Int32Array(length).fill(-1);
  for (const [place, pair] of pairAt.entries()) {
    if (pair === rest) continue;
    lagOf[place] = pair;
    lagTo[from[pair] as number] = pair;
  }
  return { length, lagOf, lagTo };
}
