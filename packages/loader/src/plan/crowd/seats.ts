import { Draws, purpose } from '../draw.ts';

/** A visit's place among all: `step` is its number within its line, from 0. */
export interface Place {
  readonly line: number;
  readonly seat: number;
  /** Which of two groups in turn the line is in: 0 or 1. */
  readonly phase: number;
  readonly step: number;
}

/**
 * Groups of `size` consecutive visits, in each of which every seat is taken once, in an order that is drawn
 * anew: a line of the same seat in every second group has visits at other times of the group each time. Two
 * visits of a line are more than `size` visits apart.
 */
export class Seats {
  readonly #size: number;
  readonly #seed: number;
  /** The order of one group, the one that was asked for last: the next visit is mostly in it, too. */
  #group = -1;
  #shift = 0;
  #factor = 1;

  constructor(size: number, seed: number) {
    this.#size = size;
    this.#seed = seed;
  }

  get lines(): number {
    return 2 * this.#size;
  }

  at(index: number): Place {
    const size = this.#size;
    const group = Math.floor(index / size);
    if (group !== this.#group) this.#enter(group);
    const seat = ((index - group * size) * this.#factor + this.#shift) % size;
    const phase = group % 2;
    return { line: 2 * seat + phase, seat, phase, step: (group - phase) / 2 };
  }

  /** A number that no other visit has, of the visit at a step of a place's line. */
  keyOf({ seat, phase }: Pick<Place, 'seat' | 'phase'>, step: number): number {
    return (2 * step + phase) * this.#size + seat;
  }

  /** Whatever has no divisor in common with the size brings every visit to a seat of its own. */
  #enter(group: number): void {
    const draws = new Draws(this.#seed, group);
    let factor = draws.between(1, this.#size, purpose.seat, 1);
    for (let n = 2; greatestCommonDivisor(factor, this.#size) !== 1; n++) {
      factor = draws.between(1, this.#size, purpose.seat, n);
    }
    this.#group = group;
    this.#shift = draws.between(0, this.#size - 1, purpose.seat);
    this.#factor = factor;
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}
