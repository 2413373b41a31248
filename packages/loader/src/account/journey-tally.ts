import type { JourneyNumbers } from '@trafficinator/contract';
import type { Hit, Visit } from '../plan/visit.ts';

interface Counts {
  planned: number;
  starts: number;
}

/** How many visits follow each journey. A journey is begun when its first hit was accepted. */
export class JourneyTally {
  readonly #byName = new Map<string, Counts>();

  /** A visit has arrived. */
  planned({ journey }: Visit): void {
    if (journey !== undefined) this.#countsOf(journey).planned++;
  }

  /** A hit was accepted. */
  accepted({ journey, hits }: Visit, hit: Hit): void {
    if (journey !== undefined && hit === hits[0]) this.#countsOf(journey).starts++;
  }

  /** Adds what another one counted. */
  add(numbers: readonly JourneyNumbers[]): void {
    for (const { name, planned, starts } of numbers) {
      const to = this.#countsOf(name);
      to.planned += planned;
      to.starts += starts;
    }
  }

  /** By name. */
  numbers(): JourneyNumbers[] {
    return [...this.#byName]
      .map(([name, { starts, planned }]) => ({ name, starts, planned }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  #countsOf(name: string): Counts {
    let counts = this.#byName.get(name);
    if (counts === undefined) {
      counts = { planned: 0, starts: 0 };
      this.#byName.set(name, counts);
    }
    return counts;
  }
}
