import type { ReturnDays } from '@trafficinator/contract';

/**
 * How long ago returning visitors were there before. Time is counted in steps of a line; `stepsPerDay` of
 * them pass in a day. Matomo reports whole days since the last visit, so a day means half a day more: a
 * return after d days lies between d and d + 1 days back.
 */
export class Recency {
  readonly #steps: Int32Array;
  readonly #upTo: Float64Array;

  /** `ranges`: in ascending order, without overlaps, weights above 0. */
  constructor(ranges: readonly ReturnDays[], stepsPerDay: number) {
    const days = ranges.flatMap(({ least, most, weight }) =>
      Array.from({ length: most - least + 1 }, (_, n) => ({
        steps: Math.max(1, Math.round((least + n + 0.5) * stepsPerDay)),
        weight: weight / (most - least + 1),
      })),
    );
    const sum = days.reduce((total, { weight }) => total + weight, 0);
    let upTo = 0;
    this.#steps = Int32Array.from(days, ({ steps }) => steps);
    this.#upTo = Float64Array.from(days, ({ weight }) => {
      upTo += weight / sum;
      return upTo;
    });
    this.#upTo[days.length - 1] = 1;
  }

  /** Near the beginning, when nobody was there long enough ago for any of the ranges. */
  readonly shortest = 1;

  get longest(): number {
    return this.#steps.at(-1) as number;
  }

  /** Steps back for `u` in [0, 1). */
  back(u: number): number {
    return this.#steps[firstAbove(this.#upTo, u)] as number;
  }

  /**
   * Steps back for a `u` whose own `back` is more than `most`: as the shorter ones are among themselves. Where
   * there are none, half a day: the share counts before the days do. 0: there is no visit before.
   */
  shorter(u: number, most: number): number {
    const count = firstAbove(this.#steps, most);
    if (count === 0) return most >= this.shortest ? this.shortest : 0;
    const fits = this.#upTo[count - 1] as number;
    return this.back((fits * (u - fits)) / (1 - fits));
  }
}

/** Position of the first of ascending numbers that is above `x`. */
function firstAbove(ascending: Int32Array | Float64Array, x: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) > x) high = middle;
    else low = middle + 1;
  }
  return low;
}
