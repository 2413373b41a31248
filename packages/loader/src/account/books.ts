import type { Funnel, Outcome } from '@trafficinator/contract';
import type { SlowCalls } from '../plan/material/behaviour.ts';
import type { Hit, Visit } from '../plan/visit.ts';
import type { LaneHandlers } from '../send/lanes.ts';
import { FunnelTally } from './funnel-tally.ts';
import { JourneyTally } from './journey-tally.ts';
import { Latency } from './latency.ts';
import { ledgerHitOf } from './ledger/from-plan.ts';
import type { Ledger } from './ledger/ledger.ts';
import { PluginTally } from './plugin-tally.ts';
import { Tally } from './tally.ts';

/** Everything that is counted and measured in a run. */
export class Books {
  readonly tally = new Tally();
  /** Of these the visits that Matomo must not record. */
  readonly negative = new Tally();
  /** From the moment a hit was due to the end of its request. */
  readonly latency = new Latency();
  /** From the send to the end of the request. */
  readonly response = new Latency();
  /** From the moment a hit was due to the send. */
  readonly lateness = new Latency();

  /** What lanes report, written down; the other handlers are the run's own. */
  readonly late: LaneHandlers['late'] = (lateness_ms) => this.lateness.record(lateness_ms);
  readonly measured: LaneHandlers['measured'] = (sinceDue_ms, sinceSend_ms) => {
    this.latency.record(sinceDue_ms);
    this.response.record(sinceSend_ms);
  };

  readonly #ordinary = [this.tally];
  readonly #both = [this.tally, this.negative];

  /** Predicts Matomo's reports; null when nobody asked for it. */
  readonly ledger: Ledger | null;

  /** How far visitors come in funnels. */
  readonly funnels: FunnelTally;

  /** Which journeys visits follow. */
  readonly journeys = new JourneyTally();

  /** What is to be said of plugins. */
  readonly plugins: PluginTally;

  constructor(
    ledger: Ledger | null = null,
    funnels: readonly Funnel[] = [],
    slow_calls: SlowCalls | null = null,
  ) {
    this.ledger = ledger;
    this.funnels = new FunnelTally(funnels);
    this.plugins = new PluginTally(slow_calls);
  }

  /** A visit has arrived. */
  visitPlanned(visit: Visit): void {
    for (const tally of this.#of(visit)) tally.visitPlanned(visit.hits.length);
    if (visit.funnel !== undefined) this.funnels.planned(visit.funnel);
    this.journeys.planned(visit);
    this.plugins.planned(visit);
  }

  hitEnded(outcome: Outcome, reason: string, hit: Hit, visit: Visit, at_ms: number): void {
    if (outcome !== 'accepted') {
      const example = `${hit.kind} of visit ${visit.index}`;
      for (const tally of this.#of(visit)) tally.hitNotAccepted(outcome, reason, example);
      return;
    }
    for (const tally of this.#of(visit)) tally.hitAccepted();
    if (visit.funnel !== undefined) this.funnels.accepted(visit.funnel, hit);
    this.journeys.accepted(visit, hit);
    if (visit.negative === undefined) this.ledger?.accepted(ledgerHitOf(visit, hit, at_ms));
  }

  visitEnded(delivered: boolean, visit: Visit): void {
    for (const tally of this.#of(visit)) tally.visitEnded(delivered);
    this.#part(visit);
  }

  visitDropped(visit: Visit, reason: string): void {
    const { index, hits } = visit;
    for (const tally of this.#of(visit)) tally.visitDropped(hits.length, reason, `visit ${index}`);
    this.#part(visit);
  }

  /** The ledger remembers those only who come again, so it needs no more memory the longer a run lasts. */
  #part({ visitor }: Visit): void {
    if (!visitor.comes_again) this.ledger?.forget(visitor.id, visitor.user_id);
  }

  /** What a visit is counted in. */
  #of({ negative }: Visit): readonly Tally[] {
    return negative === undefined ? this.#ordinary : this.#both;
  }
}

/** The books of several targets as one. */
export function sumOf(books: readonly Books[]): Books {
  if (books.length === 1) return books[0] as Books;
  const sum = new Books(null, [], books[0]?.plugins.slow_calls);
  for (const each of books) {
    sum.tally.add(each.tally);
    sum.negative.add(each.negative);
    sum.funnels.add(each.funnels.numbers());
    sum.journeys.add(each.journeys.numbers());
    sum.plugins.add(each.plugins.numbers());
    sum.latency.add(each.latency);
    sum.response.add(each.response);
    sum.lateness.add(each.lateness);
  }
  return sum;
}
