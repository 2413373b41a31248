import type { Draws } from '../draw.ts';
import { Weighted, weightedAt } from '../weighted.ts';
import type { Random } from './interface.ts';
import { PluginMistake } from './limits.ts';

/** The draws of one visit, one after the other: the n-th is the hash of (seed, visit, purpose, from + n). */
export class Sequence {
  draws: Draws;
  readonly #of: number;
  #n: number;

  constructor(draws: Draws, of: number, from = 0) {
    this.draws = draws;
    this.#of = of;
    this.#n = from;
  }

  unit(): number {
    return this.draws.unit(this.#of, this.#n++);
  }

  /** Begins with the first draw of another visit. */
  begin(draws: Draws): void {
    this.draws = draws;
    this.#n = 0;
  }
}

/** A sequence as journeys and plugins see it. */
export function randomOf(sequence: Sequence): Random {
  const unit = () => sequence.unit();
  return Object.freeze<Random>({
    unit,
    chance: (probability) => unit() < probability,
    between: (least, most) => {
      if (!(Number.isInteger(least) && Number.isInteger(most) && least <= most)) {
        throw new PluginMistake(
          `random.between(${least}, ${most}) needs two whole numbers in order`,
        );
      }
      return least + Math.floor(unit() * (most - least + 1));
    },
    pick: (items) => items[Math.floor(unit() * filled(items).length)] as (typeof items)[number],
    weighted: (items, weightOf) => weightedAt(filled(items), weightOf, unit()),
    ranked: (items, exponent = 1) => {
      const rank = ranks(filled(items).length, exponent).at(unit());
      return items[rank] as (typeof items)[number];
    },
  });
}

function filled<T>(items: readonly T[]): readonly T[] {
  if (items.length === 0)
    throw new PluginMistake('there is nothing to draw from: the list is empty');
  return items;
}

const rememberedRanks = 256;
/** By exponent, then by length. */
const remembered = new Map<number, Map<number, Weighted<number>>>();
let remembers = 0;

/** Ranks 0 to length − 1 with weights 1 / (rank + 1)^exponent; remembered, since the sums are long. */
function ranks(length: number, exponent: number): Weighted<number> {
  const found = remembered.get(exponent)?.get(length);
  if (found !== undefined) return found;
  if (!(exponent >= 0 && exponent <= 10)) {
    throw new PluginMistake(`random.ranked needs an exponent of 0 to 10, not ${exponent}`);
  }
  const made = new Weighted(
    Array.from({ length }, (_, rank) => rank),
    (rank) => 1 / (rank + 1) ** exponent,
  );
  if (remembers === rememberedRanks) {
    remembered.clear();
    remembers = 0;
  }
  const byLength = remembered.get(exponent) ?? new Map<number, Weighted<number>>();
  remembered.set(exponent, byLength.set(length, made));
  remembers++;
  return made;
}
