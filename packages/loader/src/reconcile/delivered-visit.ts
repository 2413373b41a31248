import type { NegativeKind } from '@trafficinator/contract';
import { fates, type KnownBatch } from '../account/batches/fates.ts';
import { ledgerHitOf } from '../account/ledger/from-plan.ts';
import { Ledger } from '../account/ledger/ledger.ts';
import type { LedgerSiteChoices } from '../account/ledger/site.ts';
import type { BatchMaker, PlacedHit } from '../backfill/batch-maker.ts';

/** What Matomo took of a visitor on one day, without the hits themselves: a day may have many visitors. */
export interface DeliveredVisit {
  /** Of the visitor's first visit that day. */
  readonly index: number;
  readonly visitor_id: string;
  readonly start_ms: number;
  /** As Matomo counts them. */
  readonly actions: number;
  /** How many visits Matomo makes of them. */
  readonly visits: number;
  readonly batch: number;
}

/** Visits that were delivered, in all or by a sample: a visitor's of one day count as one. */
export interface DeliveredVisits {
  readonly by_visitor: ReadonlyMap<string, DeliveredVisit>;
  /** How many were delivered; more than are named if these are a sample. */
  readonly total: number;
  readonly is_sample: boolean;
  /** Kinds of the visits that Matomo must not record, by visitor; they are not among the others. */
  readonly negative: ReadonlyMap<string, NegativeKind>;
}

/**
 * The visits that batches delivered, those that begin when it `counts`; of very many about `most`, evenly
 * spread.
 */
export function deliveredVisits(
  batches: readonly KnownBatch[],
  maker: BatchMaker,
  site: LedgerSiteChoices,
  most: number,
  counts: (start_ms: number) => boolean,
): DeliveredVisits {
  const every = Math.ceil(batches.reduce((sum, { visits }) => sum + visits, 0) / most);
  const by_visitor = new Map<string, DeliveredVisit>();
  const negative = new Map<string, NegativeKind>();
  let total = 0;
  const ledger = new Ledger(site);
  /** Hits that went ahead to open a day. */
  const ahead = new Map<number, PlacedHit[]>();
  for (const batch of batches) {
    const fateOf = fates(batch);
    const taken = maker.hitsOf(batch).filter((_, position) => fateOf(position) === 'taken');
    if (batch.opener) {
      ahead.set(batch.first_index, taken);
      continue;
    }
    for (const [index, hits] of Map.groupBy(taken, ({ visit }) => visit.index)) {
      const { start_ms, visit } = hits[0] as PlacedHit;
      if (!counts(start_ms)) continue;
      const { id } = visit.visitor;
      if (visit.negative !== undefined) {
        negative.set(id, visit.negative);
        continue;
      }
      if (!by_visitor.has(id)) total++;
      if (every > 1 && Number.parseInt(id.slice(8), 16) % every !== 0) continue;
      const delivered = countVisit(ledger, [...(ahead.get(index) ?? []), ...hits], batch.id);
      by_visitor.set(id, together(by_visitor.get(id), delivered));
    }
  }
  return { by_visitor, total, is_sample: every > 1, negative };
}

/** Two visits of a visitor on one day. */
function together(first: DeliveredVisit | undefined, second: DeliveredVisit): DeliveredVisit {
  if (first === undefined) return second;
  const actions = first.actions + second.actions;
  return { ...first, actions, visits: first.visits + second.visits };
}

/** Counts one visit by Matomo's rules: what a ledger has more of afterwards. */
function countVisit(ledger: Ledger, hits: readonly PlacedHit[], batch: number): DeliveredVisit {
  const { visit, start_ms } = hits[0] as PlacedHit;
  const { index, visitor } = visit;
  const before = ledger.total();
  for (const { hit } of hits) {
    ledger.accepted(ledgerHitOf(visit, hit, start_ms + hit.offset_ms));
  }
  ledger.forget(visitor.id, visitor.user_id);
  const after = ledger.total();
  return {
    index,
    visitor_id: visitor.id,
    start_ms,
    actions: after.actions - before.actions,
    visits: after.visits - before.visits,
    batch,
  };
}

/** What is known of a visit that is looked for: enough to find out why Matomo does not have it. */
export interface VisitDetails {
  readonly visitor_id: string;
  readonly started_at: string;
  readonly actions: number;
  readonly user_agent: string;
  /** null: none is sent. */
  readonly address: string | null;
  readonly country: string | null;
  readonly referrer: string | null;
  readonly batch: number;
}

/** Plans a visit again to tell who it was. */
export function detailsOf(
  delivered: DeliveredVisit,
  maker: BatchMaker,
  with_location: boolean,
): VisitDetails {
  const { visit } = maker.opener(delivered.index);
  const { device, address, place } = visit.visitor;
  return {
    visitor_id: delivered.visitor_id,
    // Matomo knows whole seconds.
    started_at: new Date(delivered.start_ms - (delivered.start_ms % 1_000)).toISOString(),
    actions: delivered.actions,
    user_agent: device.user_agent.raw,
    address: with_location ? address : null,
    country: with_location ? place.country : null,
    referrer: visit.hits[0]?.referrer?.raw ?? null,
    batch: delivered.batch,
  };
}
