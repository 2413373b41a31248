/**
 * Tests of chance by hand. All samples are drawn with fixed seeds, so a test either always holds or
 * never does; the limits only say how far a good sample may lie from its expectation.
 */

/** Pearson's statistic of counts against shares that sum to 1; equal shares when none are given. */
export function chiSquare(counts: ArrayLike<number>, shares?: readonly number[]): number {
  let total = 0;
  for (let k = 0; k < counts.length; k++) total += counts[k] as number;
  let sum = 0;
  for (let k = 0; k < counts.length; k++) {
    const expected = total * (shares?.[k] ?? 1 / counts.length);
    sum += ((counts[k] as number) - expected) ** 2 / expected;
  }
  return sum;
}

/** The value that a chi-square of `degrees` exceeds as rarely as a normal one exceeds 4 σ (Wilson and Hilferty). */
export function chiSquareLimit(degrees: number): number {
  const spread = 2 / (9 * degrees);
  return degrees * (1 - spread + 4 * Math.sqrt(spread)) ** 3;
}

/** How many standard deviations a number of successes lies from n × p; infinite where p allows only one number. */
export function sigmas(successes: number, n: number, p: number): number {
  const off = Math.abs(successes - n * p);
  return off === 0 ? 0 : off / Math.sqrt(n * p * (1 - p));
}

/** Correlation of two samples times √n: normal with σ = 1 when they are independent. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = Math.min(a.length, b.length);
  let [sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0];
  for (let k = 0; k < n; k++) {
    const x = a[k] as number;
    const y = b[k] as number;
    sumA += x;
    sumB += y;
    sumAA += x * x;
    sumBB += y * y;
    sumAB += x * y;
  }
  const spread = Math.sqrt((sumAA - (sumA * sumA) / n) * (sumBB - (sumB * sumB) / n));
  return ((sumAB - (sumA * sumB) / n) / spread) * Math.sqrt(n);
}

/** Counts of numbers in [0, 1) in so many equal bins. */
export function bins(sample: ArrayLike<number>, count: number): Float64Array {
  const counts = new Float64Array(count);
  for (let k = 0; k < sample.length; k++) {
    const at = Math.floor((sample[k] as number) * count);
    counts[at] = (counts[at] as number) + 1;
  }
  return counts;
}
