import { returnDaysOf, type Settings } from '@trafficinator/contract';
import { Draws, purpose } from '../draw.ts';
import { loyalties } from './loyalty.ts';
import { type Pattern, patternOf } from './pattern.ts';
import { Recency } from './recency.ts';
import { type Place, Seats } from './seats.ts';

export type CrowdSettings = Pick<Settings, 'returning_visitor_share' | 'return_after_days'>;

/** How densely visits follow one another. */
export interface Rhythm {
  /** On an ordinary day. */
  readonly visits_per_day: number;
  /** So many visits apart, two visits of one visitor are never one for Matomo, however busy the hour. */
  readonly visits_apart: number;
}

/** Who makes a visit. */
export interface Kin {
  /** What all visits of the visitor have in common, and no visit of another: for their draws. */
  readonly root: number;
  /** 0: the visitor's first visit; a later one follows from one of the generation before. */
  readonly generation: number;
  /** Costs a look at what follows, so it is found out when it is asked for. */
  comesAgain(): boolean;
}

/** Lags in a pattern: the shares of RETURN_AFTER_DAYS are met to a four-thousandth. */
const patternLags = 4_095;
/** The middle of the part of [0, 1) that a lag of the pattern stands for. */
const midOf = (number: number): number => (number + 0.5) / patternLags;

/** What all visits of a line have in common. */
interface Line extends Pick<Place, 'seat' | 'phase'> {
  /** How likely one of them returns, at a place of the pattern that has a lag. */
  readonly loyalty: number;
  /** Where in the pattern the line begins. */
  readonly begins: number;
}

/**
 * The visitors who return: a function of the visit's index alone, whatever the number of visits. Visits lie
 * in groups of about a quarter of a day; a line is one seat in every second group, so about one visit in
 * half a day, and a visitor stays in one line. Each visit of a line returns with the line's loyalty, and its
 * predecessor lies as far back as the line's pattern says, which leads no two visits to the same one.
 * docs/decisions/0006.
 */
export class Crowd {
  /** For the draws of visitors: another one where other visits belong together. */
  readonly seed: number;
  readonly #drawSeed: number;
  readonly #seats: Seats;
  readonly #recency: Recency;
  /** Steps, by their numbers in the pattern. */
  readonly #lags: Int32Array;
  readonly #pattern: Pattern;
  readonly #loyalties: Float64Array;

  constructor(settings: CrowdSettings, rhythm: Rhythm, seed: number) {
    const size = Math.max(1, Math.ceil(rhythm.visits_per_day / 4), Math.ceil(rhythm.visits_apart));
    const days = returnDaysOf(settings.return_after_days);
    if (!('value' in days)) throw new RangeError(days.message);
    this.seed = new Draws(seed, size).bits(purpose.population) >>> 1;
    this.#drawSeed = seed;
    this.#seats = new Seats(size, seed);
    this.#recency = new Recency(days.value, rhythm.visits_per_day / (2 * size));
    this.#lags = Int32Array.from({ length: patternLags }, (_, n) => this.#recency.back(midOf(n)));
    this.#pattern = patternOf([...this.#lags]);
    this.#loyalties = loyalties(settings.returning_visitor_share, this.#seats.lines);
  }

  /** The line of a visit: all visits of a visitor are in one. */
  lineOf(index: number): number {
    return this.#seats.at(index).line;
  }

  /** Who makes a visit. */
  kinOf(index: number): Kin {
    const place = this.#seats.at(index);
    const line = this.#lineAt(place);
    let { step } = place;
    let generation = 0;
    for (let back = this.#back(line, step); back > 0; back = this.#back(line, step)) {
      step -= back;
      generation++;
    }
    return {
      root: this.#seats.keyOf(place, step),
      generation,
      comesAgain: () => this.#comesAgain(line, place.step, step),
    };
  }

  /** A place of the pattern has no lag; the others make up for it. Lines begin all over the pattern. */
  #lineAt({ line, seat, phase }: Place): Line {
    const strata = this.#loyalties.length;
    const stratum = Math.floor((line * strata) / this.#seats.lines);
    return {
      seat,
      phase,
      loyalty: ((this.#loyalties[stratum] as number) * (patternLags + 1)) / patternLags,
      begins: Math.floor(line * 0.618_033_988_75 * patternLags),
    };
  }

  /** Steps from a visit of a line to the visitor's visit before; 0 when it is the first. */
  #back(line: Line, step: number): number {
    const lag = this.#lagAt(line, step);
    if (lag === 0) return 0;
    const draws = new Draws(this.#drawSeed, this.#seats.keyOf(line, step));
    return draws.chance(line.loyalty, purpose.returns) ? lag : 0;
  }

  /** The lag of a visit if it returns; near the beginning one that does not lead before it. */
  #lagAt({ begins }: Line, step: number): number {
    const number = this.#pattern.lagOf[(step + begins) % this.#pattern.length] as number;
    if (number < 0) return 0;
    const lag = this.#lags[number] as number;
    return lag <= step ? lag : this.#recency.shorter(midOf(number), step);
  }

  /** Whether any visit of the visitor whose first visit was at the step `first` comes after the one at `step`. */
  #comesAgain(line: Line, step: number, first: number): boolean {
    // Only near the beginning can a visit be followed by several.
    const following = this.#following(line, first < this.#recency.longest ? first : step);
    for (let next = following.pop(); next !== undefined; next = following.pop()) {
      if (next > step) return true;
      following.push(...this.#following(line, next));
    }
    return false;
  }

  /** The visits that return to one. */
  #following(line: Line, step: number): number[] {
    const steps: number[] = [];
    const number = this.#pattern.lagTo[(step + line.begins) % this.#pattern.length] as number;
    if (number >= 0) {
      const lag = this.#lags[number] as number;
      if (this.#back(line, step + lag) === lag) steps.push(step + lag);
    }
    // Near the beginning those, too, whose own lag would lead before it.
    const { shortest, longest } = this.#recency;
    for (let later = step + shortest; later < longest; later++) {
      const lag = this.#lagAt(line, later);
      if (lag !== later - step || steps.includes(later)) continue;
      if (this.#back(line, later) > 0) steps.push(later);
    }
    return steps;
  }
}

/** The crowd that the settings ask for; null: everybody comes once. */
export function compileCrowd(settings: CrowdSettings, rhythm: Rhythm, seed: number): Crowd | null {
  return settings.returning_visitor_share === 0 ? null : new Crowd(settings, rhythm, seed);
}
