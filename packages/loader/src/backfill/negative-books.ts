import type { Batch } from '../account/batches/batch.ts';
import type { PlacedHit } from './batch-maker.ts';

interface Negative {
  negative_visits: number;
  negative_hits: number;
}

const nothing = (): Negative => ({ negative_visits: 0, negative_hits: 0 });

/** The part of a backfill that Matomo must not record: of all finished batches, also of earlier processes. */
export class NegativeBooks {
  readonly total = nothing();
  readonly #days = new Map<number, Negative>();

  /** A batch is over; `hits`: what it held. */
  finished({ day }: Pick<Batch, 'day'>, hits: readonly PlacedHit[]): void {
    for (const { visit, position } of hits) {
      if (visit.negative === undefined) continue;
      for (const counts of [this.total, this.#ofDay(day)]) {
        counts.negative_hits++;
        if (position === 0) counts.negative_visits++;
      }
    }
  }

  /** Of a day of the window. */
  of(day: number): Readonly<Negative> {
    return this.#days.get(day) ?? nothing();
  }

  #ofDay(day: number): Negative {
    let counts = this.#days.get(day);
    if (counts === undefined) {
      counts = nothing();
      this.#days.set(day, counts);
    }
    return counts;
  }
}
