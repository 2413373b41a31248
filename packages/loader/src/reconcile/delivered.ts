import type { BatchJournal } from '../account/batches/batch.ts';
import { fates, type KnownBatch } from '../account/batches/fates.ts';
import { ledgerHitOf } from '../account/ledger/from-plan.ts';
import type { LedgerHit } from '../account/ledger/hit.ts';
import type { PlacedHit } from '../backfill/batch-maker.ts';
import type { Visit } from '../plan/visit.ts';

/** What takes the hits that Matomo has; a ledger does. */
export interface Taker {
  accepted(hit: LedgerHit): void;
  refusedOrder(hit: LedgerHit): void;
  forget(visitor: string, user_id: string | null): void;
}

/** Hits of which nobody knows whether Matomo has them. */
export interface Uncertainty {
  readonly batch: number;
  /** Number of the day within the window. */
  readonly day: number;
  readonly hits: number;
  /**
   * given_up: their fate was never found out. unnamed: so many were refused or lost, and Matomo did not
   * say which. unfinished: the backfill is not over. queued: Matomo took them into a queue.
   */
  readonly why: 'given_up' | 'unnamed' | 'unfinished' | 'queued';
}

/** All batches that may have reached Matomo, the finished ones first. */
export function* knownBatches(
  journal: Pick<BatchJournal, 'finished' | 'open'>,
  lanes: number,
): Generator<KnownBatch> {
  yield* journal.finished();
  for (let lane = 0; lane < lanes; lane++) yield* journal.open(lane);
}

/**
 * Gives the hits of a batch that Matomo took to a ledger, in their order. A visitor who does not come again
 * is forgotten as soon as the visit is over; only the visit whose first hit opened its day goes on in the
 * next batch. What Matomo must not record it takes without recording it.
 */
export function giveBatch(batch: KnownBatch, hits: readonly PlacedHit[], taker: Taker): void {
  const fateOf = fates(batch);
  let open: Visit | null = null;
  for (const [position, { visit, hit, start_ms }] of hits.entries()) {
    if (visit.negative !== undefined) continue;
    const fate = fateOf(position);
    // An order that was refused counts only in a visit that Matomo has.
    if (fate === 'none' || (fate === 'refused' && (hit.kind !== 'order' || open !== visit))) {
      continue;
    }
    if (open !== null && open !== visit) part(open, taker);
    open = visit;
    const ledgerHit = ledgerHitOf(visit, hit, start_ms + hit.offset_ms);
    if (fate === 'refused') taker.refusedOrder(ledgerHit);
    else taker.accepted(ledgerHit);
  }
  if (open !== null && !batch.opener) part(open, taker);
}

function part({ visitor }: Visit, taker: Taker): void {
  if (!visitor.comes_again) taker.forget(visitor.id, visitor.user_id);
}

/** What is uncertain about a batch. */
export function uncertaintiesOf(batch: KnownBatch): Uncertainty[] {
  const { id, day, state, marks, accepted = 0, rejected = 0, failed = 0, unknown = 0 } = batch;
  const found = (hits: number, why: Uncertainty['why']): Uncertainty[] =>
    hits > 0 ? [{ batch: id, day, hits, why }] : [];
  if (state === 'sent' || state === 'unknown') return found(batch.hits - batch.done, 'unfinished');
  if (state === 'rolled_back') return [];
  const named = marks.rejected.length + marks.failed.length;
  return [
    ...found(unknown, 'given_up'),
    ...found(accepted === 0 ? 0 : rejected + failed - named, 'unnamed'),
    ...found(batch.queued ?? 0, 'queued'),
  ];
}
