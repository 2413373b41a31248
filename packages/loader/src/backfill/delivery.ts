import type { Batch, BatchOutcome } from '../account/batches/batch.ts';
import type { BatchVerdict, HopelessCode } from '../send/batch-verdict.ts';
import type { PlacedHit } from './batch-maker.ts';
import { Halt, Stopped } from './halt.ts';
import type { LaneParts } from './lane.ts';

/** A batch that is rolled back so often has a hit in it that Matomo cannot stand. */
const rollBacksTolerated = 3;

type Recorded = Extract<BatchVerdict, { kind: 'recorded' }>;
type NotRecorded = Extract<BatchVerdict, { kind: 'not_recorded' }>;

/** One batch from its first send to its final state; the journal knows each step before it is taken. */
export class Delivery {
  readonly #parts: LaneParts;
  readonly #batch: Batch;
  readonly #hits: readonly PlacedHit[];
  readonly #queries: readonly string[];
  readonly #rejected: number[];
  #sent_at_ms: number;
  #done: number;
  #attempt = 0;
  #rollBacks = 0;

  constructor(parts: LaneParts, batch: Batch, hits: readonly PlacedHit[]) {
    this.#parts = parts;
    this.#batch = batch;
    this.#hits = hits;
    this.#queries = parts.maker.queriesOf(hits);
    this.#rejected = [...batch.rejected_hits];
    this.#sent_at_ms = batch.sent_at_ms;
    this.#done = batch.done;
  }

  /**
   * `fresh`: the journal has just written it down as sent, and it was not sent yet. A batch of an
   * earlier process that was left as sent may have arrived. `divide`: send its halves instead.
   */
  async run(fresh: boolean): Promise<'over' | 'divide'> {
    if (!fresh && (await this.#takeUp())) return 'over';
    for (;;) {
      const began_ms = this.#parts.clock.elapsed();
      const verdict = await this.#send();
      const next = await this.#after(verdict, verdict.at, this.#parts.clock.elapsed() - began_ms);
      if (next !== 'again') return next;
      this.#parts.goOn();
      this.#sendAgain();
    }
  }

  /** A stop before the request leaves means that it surely did not arrive. */
  async #send(): ReturnType<LaneParts['sender']['send']> {
    try {
      this.#parts.goOn();
      return await this.#parts.sender.send(this.#queries, this.#done, this.#progress);
    } catch (error) {
      if (error instanceof Stopped) this.#parts.journal.rolledBack(this.#batch.id);
      throw error;
    }
  }

  /** Takes up a batch of an earlier process; true if it turned out to be over. */
  async #takeUp(): Promise<boolean> {
    if (this.#batch.state !== 'rolled_back') {
      const resolved = await this.#resolve(this.#done, 'interrupted');
      if (resolved === 'over') return true;
    }
    this.#sendAgain();
    return false;
  }

  #sendAgain(): void {
    this.#sent_at_ms = this.#parts.clock.now();
    this.#parts.journal.sendingAgain(this.#batch.id, this.#sent_at_ms);
  }

  #progress = (done: number, refused: boolean): void => {
    if (refused) this.#rejected.push(done - 1);
    this.#done = done;
    if (done < this.#queries.length) {
      this.#parts.journal.progress(this.#batch.id, done, this.#rejected);
    }
    this.#parts.patience.succeeded();
  };

  async #after(
    verdict: BatchVerdict,
    at: number,
    took_ms: number,
  ): Promise<'over' | 'divide' | 'again'> {
    switch (verdict.kind) {
      case 'recorded':
        this.#parts.size.answered(this.#queries.length, took_ms);
        this.#recorded(verdict);
        return 'over';
      case 'not_recorded':
        return this.#notRecorded(verdict);
      case 'too_large':
        this.#parts.journal.rolledBack(this.#batch.id);
        this.#parts.size.tooLarge(this.#queries.length);
        if (this.#batch.visits > 1) return 'divide';
        throw halted('target_refuses', 'http_413');
      case 'unknown':
        this.#parts.journal.unknown(this.#batch.id);
        return this.#resolve(at, verdict.reason);
      case 'hopeless':
        this.#parts.journal.rolledBack(this.#batch.id);
        throw halted(verdict.code, verdict.reason);
    }
  }

  #recorded({ refused, refused_unnamed, lost }: Recorded): void {
    this.#parts.patience.succeeded();
    this.#rejected.push(...refused);
    const rejected = this.#rejected.length + refused_unnamed;
    if (rejected === this.#queries.length && this.#parts.nothingAccepted()) {
      this.#parts.journal.rolledBack(this.#batch.id);
      throw halted('target_refuses', 'first_hits_refused');
    }
    this.#finish('acknowledged', refused_unnamed + lost > 0 ? 'refused_unnamed' : 'refused', {
      accepted: this.#queries.length - rejected - lost,
      rejected,
      failed: lost,
      unknown: 0,
    });
  }

  async #notRecorded(verdict: NotRecorded): Promise<'over' | 'divide' | 'again'> {
    this.#parts.journal.rolledBack(this.#batch.id);
    if (verdict.rolled_back && ++this.#rollBacks >= rollBacksTolerated) {
      if (this.#batch.visits > 1) return 'divide';
      this.#finish('given_up', verdict.reason, {
        accepted: 0,
        rejected: 0,
        failed: this.#queries.length,
        unknown: 0,
      });
      return 'over';
    }
    await this.#parts.patience.before(this.#attempt++, verdict.reason, verdict.retry_after_ms);
    return 'again';
  }

  /** `at`: position from which on it is unknown; with bulk the whole batch shares one fate. */
  async #resolve(at: number, reason: string): Promise<'over' | 'again'> {
    const oneByOne = at > 0 || !this.#parts.bulk;
    const upTo = oneByOne ? at : this.#queries.length - 1;
    const batch = { ...this.#batch, sent_at_ms: this.#sent_at_ms };
    const resolution = await this.#parts.resolver.resolve(batch, this.#hits, upTo);
    if (resolution === 'absent') return 'again';
    const count = oneByOne ? 1 : this.#queries.length;
    if (resolution === 'recorded') this.#parts.patience.succeeded();
    if (oneByOne && at + 1 < this.#queries.length && resolution === 'recorded') {
      this.#progress(at + 1, false);
      return 'again';
    }
    const unknown = resolution === 'left' ? this.#queries.length - at : 0;
    this.#finish(resolution === 'left' ? 'given_up' : 'acknowledged', reason, {
      accepted: at + (resolution === 'left' ? 0 : count) - this.#rejected.length,
      rejected: this.#rejected.length,
      failed: 0,
      unknown,
    });
    return 'over';
  }

  #finish(
    state: 'acknowledged' | 'given_up',
    reason: string,
    counts: Omit<BatchOutcome, 'rejected_hits'>,
  ): void {
    const outcome = { ...counts, rejected_hits: this.#rejected };
    this.#parts.journal.finish(this.#batch.id, state, outcome);
    this.#parts.finished(this.#batch, outcome, reason);
  }
}

const remedies: Record<HopelessCode, readonly [string, string]> = {
  tracking_off: [
    'Matomo counted no hit at all: tracking is switched off, or it could not read the request.',
    'Switch tracking on in Matomo (record_statistics = 1).',
  ],
  target_not_a_tracker: [
    'The target answers a bulk request with something else than Matomo’s counts.',
    'Check MATOMO_URL, that the BulkTracking plugin is on and that [Tracker] debug is off; or use DELIVERY=single.',
  ],
  target_refuses: [
    'Matomo refuses the hits.',
    'Run `trafficinator check`: the token needs write access, the site must exist, old hits must be allowed.',
  ],
  token_refused: ['The target refuses the token or the client.', 'Run `trafficinator check`.'],
  target_unreachable: ['The target cannot be reached.', 'Run `trafficinator check`.'],
};

function halted(code: HopelessCode, reason: string): Halt {
  const [message, remedy] = remedies[code];
  return new Halt(code, { message: `${message} [${reason}]`, remedy });
}
