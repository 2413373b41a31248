import type { Batch } from '../account/batches/batch.ts';
import type { SentBatch } from '../send/batch-sender.ts';
import type { PlacedHit } from './batch-maker.ts';
import { BatchTally } from './batch-tally.ts';
import { Halt, Stopped } from './halt.ts';
import { hopeless, visitTooLarge } from './halts.ts';
import type { LaneParts } from './lane.ts';
import { tracesOf } from './traces.ts';

/** What is rolled back so often has a hit in it that Matomo cannot stand, unless Matomo is in trouble. */
const rollBacksTolerated = 3;
const stampEvery_ms = 1_000;

/** divide: send its parts instead. put_off: send something else first, then try this one again. */
export type Fate = 'over' | 'divide' | 'put_off';

/** One batch from its first send to its final state; the journal knows each step before it is taken. */
export class Delivery {
  readonly batch: Batch;
  readonly hits: readonly PlacedHit[];
  readonly #parts: LaneParts;
  readonly #queries: readonly string[];
  readonly #tally: BatchTally;
  #done: number;
  /** When the journal was last told that a request leaves; null: it must be told at the next one. */
  #stamped_ms: number | null = null;
  #rollBacks = 0;
  /** How often anything had succeeded when this batch, or the one it is a part of, was first rolled back. */
  #troubledAt: number | null;
  /** What is given up is surely not recorded. */
  #sure = true;
  /** Single delivery: an order that is sent once more, for it may have arrived. */
  #resentOrder: number | null = null;
  #lastReason: string | null = null;

  constructor(
    parts: LaneParts,
    batch: Batch,
    hits: readonly PlacedHit[],
    troubledAt: number | null = null,
  ) {
    this.#parts = parts;
    this.batch = batch;
    this.hits = hits;
    this.#queries = parts.maker.queriesOf(hits);
    this.#tally = new BatchTally(hits.length, batch.marks);
    this.#done = batch.done;
    this.#troubledAt = troubledAt;
  }

  get troubledAt(): number | null {
    return this.#troubledAt;
  }

  /** `fresh`: the journal has just written it down as sent. Others may have arrived: that is found out first. */
  async run(fresh: boolean): Promise<Fate> {
    const { batch } = this;
    if (fresh) this.#stamped_ms = batch.sent_at_ms;
    else if (batch.state !== 'rolled_back') {
      const lost_ms = this.#parts.resolver.lostByEarlier(batch.sent_at_ms);
      const fate = await this.#resolve(batch.bulk, this.#done, 'interrupted', lost_ms);
      if (fate === 'over') return 'over';
    }
    return this.again();
  }

  /** Sends what has no outcome yet. */
  async again(): Promise<Fate> {
    for (;;) {
      const next = await this.#after(await this.#send());
      if (next !== 'again') return next;
    }
  }

  /** What is stopped before a request leaves surely did not arrive. */
  async #send(): Promise<SentBatch> {
    const { sender, journal } = this.#parts;
    try {
      return await sender.send(this.#queries, this.#done, this.#watch);
    } catch (error) {
      if (error instanceof Stopped || error instanceof Halt) journal.rolledBack(this.batch.id);
      throw error;
    }
  }

  readonly #watch = {
    leaving: (): void => {
      const { goOn, clock, journal, sender } = this.#parts;
      goOn();
      const now_ms = clock.now();
      if (this.#stamped_ms !== null && Math.abs(now_ms - this.#stamped_ms) < stampEvery_ms) return;
      journal.leaving(this.batch.id, now_ms, sender.bulk);
      this.#stamped_ms = now_ms;
    },
    progress: (done: number, refused: string | null): void => {
      const { refusals, patience } = this.#parts;
      if (refused === null) {
        refusals.accepted();
        patience.succeeded();
      } else {
        if (this.#resentOrder !== done - 1) refusals.refused(refused);
        this.#refused(done - 1);
      }
      this.#advance(done);
    },
  };

  /** Matomo takes an order id once: refusing one that is sent again says that it had arrived before. */
  #refused(at: number): void {
    this.#tally.marks[at === this.#resentOrder ? 'found' : 'rejected'].push(at);
  }

  async #after(verdict: SentBatch): Promise<Fate | 'again'> {
    const { journal, size, patience, clock, goOn, sender } = this.#parts;
    const { id } = this.batch;
    const hits = this.#queries.length - verdict.at;
    this.#stamped_ms = null;
    switch (verdict.kind) {
      case 'recorded':
        if (sender.bulk) this.#recorded(verdict);
        return 'over';
      case 'not_recorded':
        journal.rolledBack(id);
        if (verdict.rolled_back) return this.#rolledBack(verdict.reason);
        await patience.afterFailure(verdict.reason, verdict.retry_after_ms);
        return 'again';
      case 'too_large':
        journal.rolledBack(id);
        size.tooLarge(hits);
        if (this.#isDivisible) return 'divide';
        throw visitTooLarge(this.#queries.join().length);
      case 'unknown': {
        journal.unknown(id);
        const lost_ms = clock.elapsed();
        goOn();
        if (sender.bulk) size.answered(hits, verdict.took_ms);
        const fate = await this.#resolve(sender.bulk, verdict.at, verdict.reason, lost_ms);
        return fate === 'absent' ? this.#rolledBack(verdict.reason) : fate;
      }
      case 'hopeless':
        if (verdict.maybe_recorded) journal.unknown(id);
        else journal.rolledBack(id);
        throw hopeless(verdict.reason);
    }
  }

  #recorded(verdict: Extract<SentBatch, { kind: 'recorded' }>): void {
    const { patience, refusals, journal, size } = this.#parts;
    const { refused, refused_unnamed, lost, queued, at } = verdict;
    const hits = this.#queries.length - at;
    size.answered(hits, verdict.took_ms);
    if (refused.length + refused_unnamed === hits) {
      journal.rolledBack(this.batch.id);
      refusals.refused('refused');
    } else {
      refusals.accepted();
      patience.succeeded();
    }
    for (const position of refused) this.#refused(position);
    const more = { rejected: refused_unnamed, failed: lost, queued: queued ? hits : 0 };
    this.#finish(more, 'lock_timeout');
  }

  async #rolledBack(reason: string): Promise<Fate | 'again'> {
    const { patience, suspects } = this.#parts;
    this.#troubledAt ??= patience.successes;
    if (++this.#rollBacks >= rollBacksTolerated) {
      const others = patience.successes > this.#troubledAt;
      if (others && !this.#isDivisible && !this.batch.opener) return this.#giveUp(reason);
      if (!suspects.inDoubt) {
        if (this.#isDivisible || this.batch.opener) return 'divide';
        suspects.putOff();
        return 'put_off';
      }
    }
    await patience.afterFailure(reason);
    return 'again';
  }

  #giveUp(reason: string): Fate | 'again' {
    const outcome = this.#sure ? 'failed' : 'unknown';
    if (this.#parts.sender.bulk) {
      this.#finish({ [outcome]: this.#queries.length - this.#done }, reason);
      return 'over';
    }
    this.#lastReason = reason;
    this.#tally.marks[outcome].push(this.#done);
    return this.#advance(this.#done + 1);
  }

  get #isDivisible(): boolean {
    return this.#parts.sender.bulk && this.batch.visits > 1 && this.#done === 0;
  }

  /** `at`: position from which on it is unknown; of hits that were sent one by one only that one. */
  async #resolve(
    bulk: boolean,
    at: number,
    reason: string,
    lost_ms: number,
  ): Promise<'over' | 'again' | 'absent'> {
    const { resolver, patience, journal, dateOf } = this.#parts;
    const to = bulk ? this.#queries.length : at + 1;
    const date = dateOf(this.batch.day);
    const missing = (position: number) => this.#tally.isMissing(position);
    const traces = tracesOf({ hits: this.hits, from: at, to, date, missing });
    const resolution = await resolver.resolve(traces, lost_ms);
    if (resolution === 'absent' || resolution === 'resend') {
      this.#sure = resolution === 'absent';
      if (!bulk && this.hits[at]?.hit.kind === 'order') this.#resentOrder = at;
      journal.rolledBack(this.batch.id);
      return 'absent';
    }
    const recorded = resolution === 'recorded';
    if (recorded) patience.succeeded();
    this.#lastReason = resolution === 'partly' ? 'partly_recorded' : reason;
    if (bulk) {
      this.#finish(recorded ? { found: to - at } : { unknown: to - at }, this.#lastReason);
      return 'over';
    }
    this.#tally.marks[recorded ? 'found' : 'unknown'].push(at);
    return this.#advance(at + 1);
  }

  /** So many hits have their outcome. */
  #advance(done: number): 'over' | 'again' {
    this.#done = done;
    this.#rollBacks = 0;
    this.#troubledAt = null;
    if (done === this.#queries.length) {
      this.#finish({}, this.#lastReason);
      return 'over';
    }
    this.#parts.journal.progress(this.batch.id, done, this.#tally.marks);
    return 'again';
  }

  #finish(more: Parameters<BatchTally['outcome']>[0], reason: string | null): void {
    const outcome = this.#tally.outcome(more, reason);
    const state = outcome.failed + outcome.unknown > 0 ? 'given_up' : 'acknowledged';
    this.#parts.journal.finish(this.batch.id, state, outcome);
    this.#parts.finished(this.batch, outcome);
  }
}
