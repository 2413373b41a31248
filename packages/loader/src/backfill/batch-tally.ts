import type { BatchOutcome, Marks } from '../account/batches/batch.ts';

type Counted = 'rejected' | 'failed' | 'unknown' | 'found' | 'queued';

/** What is known of the hits of one batch, by position as far as there is one. */
export class BatchTally {
  readonly marks: { [K in keyof Marks]: number[] };
  readonly #hits: number;

  /** `marks`: from an earlier process. */
  constructor(hits: number, marks: Marks) {
    this.#hits = hits;
    this.marks = {
      rejected: [...marks.rejected],
      failed: [...marks.failed],
      unknown: [...marks.unknown],
      found: [...marks.found],
    };
  }

  /** Whether the hit at a position is known not to be recorded, or given up as unknown. */
  isMissing(at: number): boolean {
    const { rejected, failed, unknown } = this.marks;
    return rejected.includes(at) || failed.includes(at) || unknown.includes(at);
  }

  /** The outcome of all hits: those with marks, `more` without a position, the others accepted. */
  outcome(more: Partial<Record<Counted, number>>, reason: string | null): BatchOutcome {
    const count = (what: keyof Marks) => this.marks[what].length + (more[what] ?? 0);
    const rejected = count('rejected');
    const failed = count('failed');
    const unknown = count('unknown');
    return {
      accepted: this.#hits - rejected - failed - unknown,
      rejected,
      failed,
      unknown,
      found: count('found'),
      queued: more.queued ?? 0,
      reason: failed + unknown > 0 ? reason : null,
      marks: this.marks,
    };
  }
}
