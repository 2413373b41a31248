import type { Batch, BatchOutcome, Marks } from '../account/batches/batch.ts';
import type { PlacedHit } from './batch-maker.ts';
import type { LaneParts } from './lane.ts';

type Counted = 'rejected' | 'failed' | 'unknown' | 'found' | 'queued';

/** What has become of the hits of one batch so far; the journal knows it too. */
export class BatchProgress {
  readonly #parts: Pick<LaneParts, 'journal' | 'finished'>;
  readonly #batch: Batch;
  readonly #hits: readonly PlacedHit[];
  readonly #marks: { [K in keyof Marks]: number[] };
  /** Orders that are sent once more and may have arrived before. */
  readonly #doubtfulOrders = new Set<number>();
  #done: number;
  /** Why the hits with marks have failed or are unknown. */
  #reason: string | null;

  constructor(
    parts: Pick<LaneParts, 'journal' | 'finished'>,
    batch: Batch,
    hits: readonly PlacedHit[],
  ) {
    this.#parts = parts;
    this.#batch = batch;
    this.#hits = hits;
    this.#done = batch.done;
    this.#reason = batch.reason;
    const { rejected, failed, unknown, found } = batch.marks;
    this.#marks = {
      rejected: [...rejected],
      failed: [...failed],
      unknown: [...unknown],
      found: [...found],
    };
  }

  /** So many hits have their outcome. */
  get done(): number {
    return this.#done;
  }

  /** Whether the hit at a position is known not to be recorded, or given up as unknown. */
  isMissing(at: number): boolean {
    const { rejected, failed, unknown } = this.#marks;
    return rejected.includes(at) || failed.includes(at) || unknown.includes(at);
  }

  /** The hits at [from, to) are sent once more, and nobody could tell whether they had arrived. */
  doubt(from: number, to: number): void {
    for (let at = from; at < to; at++) {
      if (this.#hits[at]?.hit.kind === 'order') this.#doubtfulOrders.add(at);
    }
  }

  isDoubtful(at: number): boolean {
    return this.#doubtfulOrders.has(at);
  }

  /** The hit at a position was refused. Matomo takes an order id once: so a doubtful order had arrived. */
  refused(at: number): void {
    this.#marks[this.isDoubtful(at) ? 'found' : 'rejected'].push(at);
  }

  /** Without an answer: what became of the next hit. */
  settled(as: 'found' | 'failed' | 'unknown', reason: string): 'over' | 'again' {
    this.#marks[as].push(this.#done);
    if (as !== 'found') this.#reason = reason;
    return this.advance(this.#done + 1);
  }

  /** What is not recorded is to be sent again. */
  rolledBack(): void {
    const { journal } = this.#parts;
    if (this.#doubtfulOrders.size > 0) journal.unknown(this.#batch.id);
    else journal.rolledBack(this.#batch.id);
  }

  advance(done: number): 'over' | 'again' {
    this.#done = done;
    if (done === this.#hits.length) {
      this.finish({}, null);
      return 'over';
    }
    this.#parts.journal.progress(this.#batch.id, done, this.#marks, this.#reason);
    return 'again';
  }

  /**
   * All hits have their outcome: those with marks, `more` without a position, the others accepted.
   * `reason`: why those without a position have failed or are unknown.
   */
  finish(more: Partial<Record<Counted, number>>, reason: string | null): void {
    const outcome = this.#outcome(more, reason);
    const state = outcome.failed + outcome.unknown > 0 ? 'given_up' : 'acknowledged';
    this.#parts.journal.finish(this.#batch.id, state, outcome);
    this.#parts.finished(this.#batch, outcome, this.#hits);
  }

  #outcome(more: Partial<Record<Counted, number>>, reason: string | null): BatchOutcome {
    const count = (what: keyof Marks) => this.#marks[what].length + (more[what] ?? 0);
    const rejected = count('rejected');
    const failed = count('failed');
    const unknown = count('unknown');
    return {
      accepted: this.#hits.length - rejected - failed - unknown,
      rejected,
      failed,
      unknown,
      found: count('found'),
      queued: more.queued ?? 0,
      reason: (more.failed ?? 0) + (more.unknown ?? 0) > 0 ? reason : this.#reason,
      marks: this.#marks,
    };
  }
}
