import { type Outcome, outcomes } from '@trafficinator/contract';

/** What the hits of a run came to. */
export type HitCounts = { planned: number } & Record<Outcome, number>;

/** Visits: planned = delivered + partial + dropped + in flight. */
export interface VisitCounts {
  planned: number;
  /** All hits accepted. */
  delivered: number;
  /** Some hits not accepted. */
  partial: number;
  /** Never begun. */
  dropped: number;
}

export interface Reason {
  readonly outcome: Outcome;
  readonly reason: string;
  count: number;
  /** The first hit that ended so. */
  readonly example: string;
}

/**
 * Counts visits and hits. A hit is planned when its visit is, and ends in exactly one outcome, so that
 * planned = accepted + rejected + failed + unknown + dropped + pending at every moment, and pending is 0
 * at the end.
 */
export class Tally {
  readonly hits: HitCounts = {
    planned: 0,
    accepted: 0,
    rejected: 0,
    failed: 0,
    unknown: 0,
    dropped: 0,
  };
  readonly visits: VisitCounts = { planned: 0, delivered: 0, partial: 0, dropped: 0 };
  readonly #reasons = new Map<string, Reason>();

  /** A visit has arrived, with so many hits. */
  visitPlanned(hits: number): void {
    this.visits.planned++;
    this.hits.planned += hits;
  }

  /** A visit was never begun: all its hits are dropped for one reason. */
  visitDropped(hits: number, reason: string, example: string): void {
    this.visits.dropped++;
    this.#count('dropped', reason, hits, example);
  }

  /** A begun visit is over. */
  visitEnded(delivered: boolean): void {
    if (delivered) this.visits.delivered++;
    else this.visits.partial++;
  }

  hitAccepted(): void {
    this.hits.accepted++;
  }

  hitNotAccepted(outcome: Exclude<Outcome, 'accepted'>, reason: string, example: string): void {
    this.#count(outcome, reason, 1, example);
  }

  /** Adds what another one counted. */
  add(other: Tally): void {
    for (const name of Object.keys(this.hits) as (keyof HitCounts)[]) {
      this.hits[name] += other.hits[name];
    }
    for (const name of Object.keys(this.visits) as (keyof VisitCounts)[]) {
      this.visits[name] += other.visits[name];
    }
    for (const [key, reason] of other.#reasons) {
      const known = this.#reasons.get(key);
      if (known === undefined) this.#reasons.set(key, { ...reason });
      else known.count += reason.count;
    }
  }

  /** Hits that have no outcome yet. */
  get pending(): number {
    let ended = 0;
    for (const outcome of outcomes) ended += this.hits[outcome];
    return this.hits.planned - ended;
  }

  /** The counts as they stand. */
  numbers(): { readonly visits: VisitCounts; readonly hits: HitCounts } {
    return { visits: { ...this.visits }, hits: { ...this.hits } };
  }

  /** Why hits were not accepted, most frequent first. */
  reasons(): readonly Reason[] {
    return [...this.#reasons.values()].sort((a, b) => b.count - a.count);
  }

  #count(
    outcome: Exclude<Outcome, 'accepted'>,
    reason: string,
    hits: number,
    example: string,
  ): void {
    this.hits[outcome] += hits;
    const key = `${outcome} ${reason}`;
    const known = this.#reasons.get(key);
    if (known === undefined) this.#reasons.set(key, { outcome, reason, count: hits, example });
    else known.count += hits;
  }
}
