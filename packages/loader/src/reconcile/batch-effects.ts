import { Ledger } from '../account/ledger/ledger.ts';
import type { LedgerSiteChoices } from '../account/ledger/site.ts';
import type { BatchMaker } from '../backfill/batch-maker.ts';
import { giveBatch, type KnownBatch, type Taker } from './delivered.ts';
import { difference, type Figures, figuresOf } from './figures.ts';

/** What it changes in the reports of all days together when something goes wrong with a batch. */
export interface BatchEffect {
  readonly batch: KnownBatch;
  /** Matomo has it, but not its hits. */
  readonly missing: Figures;
  /** Matomo has it twice. */
  readonly twice: Figures;
}

/** Effects of the batches of a day; a batch that goes on with an opener's visit is judged with that. */
export function batchEffects(
  batches: readonly KnownBatch[],
  maker: BatchMaker,
  site: LedgerSiteChoices,
): BatchEffect[] {
  const openers = new Map(
    batches.filter(({ opener }) => opener).map((batch) => [batch.first_index, batch]),
  );
  return batches
    .filter(({ opener }) => !opener)
    .map((batch) => {
      const opener = openers.get(batch.first_index);
      const before = opener === undefined ? [] : [opener];
      const hits = (each: KnownBatch) => maker.hitsOf(each);
      const recorded = (...all: readonly KnownBatch[]): Figures => {
        const ledger = new Ledger(site);
        const seen = new Set<KnownBatch>();
        for (const each of all) {
          giveBatch(each, hits(each), seen.has(each) ? again(ledger) : remembering(ledger));
          seen.add(each);
        }
        return figuresOf(ledger.total());
      };
      const once = recorded(...before, batch);
      return {
        batch,
        missing: difference(recorded(...before), once),
        twice: difference(recorded(...before, batch, batch), once),
      };
    });
}

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
