import type { KnownBatch } from '../account/batches/fates.ts';
import { Ledger } from '../account/ledger/ledger.ts';
import type { LedgerSiteChoices } from '../account/ledger/site.ts';
import type { BatchMaker } from '../backfill/batch-maker.ts';
import { giveBatch, type Taker } from './delivered.ts';
import { difference, type Figures, figuresOf, noFigures } from './figures.ts';

/** What it changes in the reports of all days together when something goes wrong with a batch. */
export interface BatchEffect {
  readonly batch: KnownBatch;
  /** Matomo has it, but not its hits. */
  readonly missing: Figures;
  /** Matomo has it twice. */
  readonly twice: Figures;
  /** Matomo has those of its hits, too, of which the journal does not know it. */
  readonly arrived: Figures;
}

/** What may have happened to the batches of a day. */
export interface BatchEffects {
  readonly each: readonly BatchEffect[];
  /** All hits of which the journal does not know it arrived. */
  readonly all_arrived: Figures;
}

export const noEffects: BatchEffects = { each: [], all_arrived: noFigures };

/** Effects of the batches of a day; a batch that goes on with an opener's visit is judged with that. */
export function batchEffects(
  batches: readonly KnownBatch[],
  maker: BatchMaker,
  site: LedgerSiteChoices,
): BatchEffects {
  const openers = new Map(
    batches.filter(({ opener }) => opener).map((batch) => [batch.first_index, batch]),
  );
  const recorded = (all: readonly KnownBatch[]): Figures => {
    const ledger = new Ledger(site);
    const seen = new Set<number>();
    for (const each of all) {
      const hits = maker.hitsOf(each);
      // Their visits before are of other days and not among these batches.
      for (const { visit } of hits) {
        const { id, user_id, came_before } = visit.visitor;
        if (came_before) ledger.knew(id, user_id);
      }
      giveBatch(each, hits, seen.has(each.id) ? again(ledger) : remembering(ledger));
      seen.add(each.id);
    }
    return figuresOf(ledger.total());
  };
  const each = batches
    .filter(({ opener }) => !opener)
    .map((batch) => {
      const opener = openers.get(batch.first_index);
      const before = opener === undefined ? [] : [opener];
      const once = recorded([...before, batch]);
      return {
        batch,
        missing: difference(recorded(before), once),
        twice: difference(recorded([...before, batch, batch]), once),
        arrived: difference(recorded([...before, asArrived(batch)]), once),
      };
    });
  const all_arrived = difference(recorded(batches.map(asArrived)), recorded(batches));
  return { each, all_arrived };
}

/** The batch as it would be if none of its hits had been lost; what was refused stays refused. */
const asArrived = (batch: KnownBatch): KnownBatch => ({
  ...batch,
  state: 'acknowledged',
  accepted: batch.hits,
  marks: { ...batch.marks, failed: [], unknown: [] },
});

/** Nobody is forgotten: the same visitors come again. */
const remembering = (ledger: Ledger): Taker => ({
  accepted: (hit) => ledger.accepted(hit),
  refusedOrder: (hit) => ledger.refusedOrder(hit),
  forget: () => {},
});

/** The second time Matomo refuses the orders: it has their ids. */
const again = (ledger: Ledger): Taker => ({
  accepted: (hit) => (hit.order === null ? ledger.accepted(hit) : ledger.refusedOrder(hit)),
  refusedOrder: (hit) => ledger.refusedOrder(hit),
  forget: () => {},
});
