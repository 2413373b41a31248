/** A list to draw from by weight. */
export class Weighted<T> {
  readonly #items: readonly T[];
  readonly #upTo: Float64Array;

  /** Weights are relative and need not sum to one; at least one must be above 0. What weighs 0 is never drawn. */
  constructor(all: readonly T[], weightOf: (item: T) => number) {
    const items = all.filter((item) => weightOf(item) !== 0);
    const weights = items.map(weightOf);
    const sum = weights.reduce((a, b) => a + b, 0);
    if (!(sum > 0)) throw new RangeError('a weighted list needs at least one weight above 0');
    this.#items = items;
    this.#upTo = new Float64Array(items.length);
    let upTo = 0;
    for (const [i, weight] of weights.entries()) {
      upTo += weight / sum;
      this.#upTo[i] = upTo;
    }
  }

  /** The item that `u` in [0, 1) falls on. */
  at(u: number): T {
    let low = 0;
    let high = this.#items.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (u < (this.#upTo[middle] as number)) high = middle;
      else low = middle + 1;
    }
    return this.#items[low] as T;
  }
}

/** What a `Weighted` of the list gives for `u`, for a single draw: without keeping anything. */
export function weightedAt<T>(all: readonly T[], weightOf: (item: T) => number, u: number): T {
  let sum = 0;
  for (const item of all) sum += weightOf(item);
  if (!(sum > 0)) throw new RangeError('a weighted list needs at least one weight above 0');
  let upTo = 0;
  let last = all[0] as T;
  for (const item of all) {
    const weight = weightOf(item);
    if (weight === 0) continue;
    upTo += weight / sum;
    if (u < upTo) return item;
    last = item;
  }
  return last;
}
