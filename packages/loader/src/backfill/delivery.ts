import type { Batch } from '../account/batches/batch.ts';
import type { SentBatch } from '../send/batch-sender.ts';
import type { PlacedHit } from './batch-maker.ts';
import { BatchProgress } from './batch-progress.ts';
import { Halt, Stopped } from './halt.ts';
import { hopeless, visitTooLarge } from './halts.ts';
import type { LaneParts } from './lane.ts';
import { tracesOf } from './traces.ts';

/** What is rolled back so often may have a hit in it that Matomo cannot stand: it is divided, or put off. */
const rollBacksTolerated = 3;
/** A single visit that is rolled back so often, while Matomo takes others, is given up. */
const lastRollBack = 8;
const stampEvery_ms = 1_000;

/** divide: send its parts instead. put_off: send something else first, then try this one again. */
type Fate = 'over' | 'divide' | 'put_off';

/** One batch from its first send to its final state; the journal knows each step before it is taken. */
export class Delivery {
  readonly batch: Batch;
  readonly hits: readonly PlacedHit[];
  readonly #parts: LaneParts;
  readonly #queries: readonly string[];
  readonly #progress: BatchProgress;
  /** When the journal was last told that a request leaves; null: it must be told at the next one. */
  #stamped_ms: number | null = null;
  #rollBacks = 0;
  /** How often anything had succeeded when this batch, or the one it is a part of, was first rolled back. */
  #troubledAt: number | null;
  /** What is given up is surely not recorded. */
  #sure = true;

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
    this.#progress = new BatchProgress(parts, batch, hits);
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
      const { done } = this.#progress;
      const fate = await this.#resolve(batch.bulk, done, 'interrupted', lost_ms);
      if (fate === 'over') return 'over';
    }
    return this.again();
  }

  /** Sends what has no outcome yet. */
  async again(): Promise<Fate> {
    const { turnstile } = this.#parts;
    for (;;) {
      const next = await turnstile.pass(async () => this.#after(await this.#send()));
      if (next !== 'again') return next;
    }
  }

  /** What is stopped before a request leaves did not arrive by it. */
  async #send(): Promise<SentBatch> {
    try {
      return await this.#parts.sender.send(this.#queries, this.#progress.done, this.#watch);
    } catch (error) {
      if (error instanceof Stopped || error instanceof Halt) this.#progress.rolledBack();
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
      if (refused === null) this.#succeeded();
      else this.#refused(done - 1, refused);
      this.#advance(done);
    },
  };

  #succeeded(): void {
    const { refusals, patience, turnstile } = this.#parts;
    refusals.accepted();
    patience.succeeded();
    turnstile.open();
  }

  #refused(at: number, reason: string): void {
    if (!this.#progress.isDoubtful(at)) this.#parts.refusals.refused(reason);
    this.#progress.refused(at);
  }

  #advance(done: number): void {
    this.#rollBacks = 0;
    this.#troubledAt = null;
    this.#progress.advance(done);
  }

  async #after(verdict: SentBatch): Promise<Fate | 'again'> {
    const { journal, size, patience, clock, goOn, sender } = this.#parts;
    const hits = this.#queries.length - verdict.at;
    this.#stamped_ms = null;
    switch (verdict.kind) {
      case 'recorded':
        if (sender.bulk) this.#recorded(verdict, hits);
        return 'over';
      case 'not_recorded':
        this.#progress.rolledBack();
        if (verdict.rolled_back) return this.#rolledBack(verdict.reason);
        await patience.afterFailure(verdict.reason, verdict.retry_after_ms);
        return 'again';
      case 'too_large':
        this.#progress.rolledBack();
        size.tooLarge(hits);
        if (this.#isDivisible) return 'divide';
        throw visitTooLarge(this.#queries.join().length);
      case 'unknown': {
        journal.unknown(this.batch.id);
        const lost_ms = clock.elapsed();
        goOn();
        if (sender.bulk) size.answered(hits, verdict.took_ms);
        const fate = await this.#resolve(sender.bulk, verdict.at, verdict.reason, lost_ms);
        return fate === 'absent' ? this.#rolledBack(verdict.reason) : fate;
      }
      case 'hopeless':
        if (verdict.maybe_recorded) journal.unknown(this.batch.id);
        else this.#progress.rolledBack();
        throw hopeless(verdict.reason);
    }
  }

  #recorded(verdict: Extract<SentBatch, { kind: 'recorded' }>, hits: number): void {
    const { refusals, size } = this.#parts;
    const { refused, refused_unnamed, lost, queued, took_ms } = verdict;
    size.answered(hits, took_ms);
    if (refused.length + refused_unnamed < hits) this.#succeeded();
    else {
      this.#progress.rolledBack();
      refusals.refused('refused');
    }
    for (const position of refused) this.#progress.refused(position);
    const more = { rejected: refused_unnamed, failed: lost, queued: queued ? hits : 0 };
    this.#progress.finish(more, 'lock_timeout');
  }

  async #rolledBack(reason: string): Promise<Fate | 'again'> {
    const { patience, suspects } = this.#parts;
    this.#troubledAt ??= patience.successes;
    if (++this.#rollBacks >= rollBacksTolerated) {
      const othersSucceed = patience.successes > this.#troubledAt;
      if (this.#isDivisible || this.batch.opener) {
        if (!suspects.inDoubt) return 'divide';
      } else if (othersSucceed) {
        if (this.#rollBacks >= lastRollBack) return this.#giveUp(reason);
        await patience.afterOwnFailure();
        return 'again';
      } else if (!suspects.inDoubt) {
        suspects.putOff();
        return 'put_off';
      }
    }
    await patience.afterFailure(reason);
    return 'again';
  }

  #giveUp(reason: string): Fate | 'again' {
    const outcome = this.#sure ? 'failed' : 'unknown';
    if (!this.#parts.sender.bulk) {
      this.#rollBacks = 0;
      this.#troubledAt = null;
      return this.#progress.settled(outcome, reason);
    }
    this.#progress.finish({ [outcome]: this.#queries.length - this.#progress.done }, reason);
    return 'over';
  }

  get #isDivisible(): boolean {
    return this.#parts.sender.bulk && this.batch.visits > 1 && this.#progress.done === 0;
  }

  /** `at`: position from which on it is unknown; of hits that were sent one by one only that one. */
  async #resolve(
    bulk: boolean,
    at: number,
    reason: string,
    lost_ms: number,
  ): Promise<'over' | 'again' | 'absent'> {
    const { resolver, patience, dateOf } = this.#parts;
    const to = bulk ? this.#queries.length : at + 1;
    const date = dateOf(this.batch.day);
    const missing = (position: number) => this.#progress.isMissing(position);
    const traces = tracesOf({ hits: this.hits, from: at, to, date, missing });
    const resolution = await resolver.resolve(traces, lost_ms);
    if (resolution === 'absent' || resolution === 'resend') {
      this.#sure = resolution === 'absent' && (traces?.length ?? 0) > 0;
      if (!this.#sure) this.#progress.doubt(at, to);
      this.#progress.rolledBack();
      return 'absent';
    }
    const why = resolution === 'partly' ? 'partly_recorded' : reason;
    const found = resolution === 'recorded';
    if (found) patience.succeeded();
    if (!bulk) return this.#progress.settled(found ? 'found' : 'unknown', why);
    this.#progress.finish({ [found ? 'found' : 'unknown']: to - at }, why);
    return 'over';
  }
}
