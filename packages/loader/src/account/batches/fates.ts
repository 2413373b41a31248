import type { Batch, BatchOutcome } from './batch.ts';

/** A batch as the journal has it, finished or not. */
export type KnownBatch = Batch & Partial<BatchOutcome>;

export type Fate = 'taken' | 'refused' | 'none';

/** What became of a batch's hits by their positions, as far as it is known. */
export function fates(batch: KnownBatch): (position: number) => Fate {
  const { marks, state, done } = batch;
  const refused = new Set(marks.rejected);
  const missing = new Set([...marks.failed, ...marks.unknown]);
  const isOver = state === 'acknowledged' || state === 'given_up';
  // Where Matomo names none of those it did not take, nothing taken at all is still sure.
  const until = !isOver ? done : batch.accepted === 0 ? 0 : batch.hits;
  return (position) => {
    if (refused.has(position)) return 'refused';
    return position >= until || missing.has(position) ? 'none' : 'taken';
  };
}
