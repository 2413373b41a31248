import type { BatchJournal } from '../account/batches/batch.ts';
import { Ledger } from '../account/ledger/ledger.ts';
import type { LedgerSiteChoices } from '../account/ledger/site.ts';
import { NegativeBooks } from '../backfill/negative-books.ts';
import { giveBatch, knownBatches, type Uncertainty, uncertaintiesOf } from './delivered.ts';
import { type Figures, figuresOf } from './figures.ts';
import type { Replay } from './replay.ts';

/** What Matomo's reports should say, by the journal. */
export interface Prediction {
  /** Days of the site with visits, in order. */
  readonly days: ReadonlyMap<string, Figures>;
  readonly batches: number;
  readonly accepted_hits: number;
  /** Of the visits and hits of these batches those that Matomo must not record. */
  readonly negative: { readonly visits: number; readonly hits: number };
  readonly uncertain: readonly Uncertainty[];
}

/** A batch that was written down has other hits now: this program plans otherwise than the one that sent it. */
export class OtherPlan extends Error {}

/**
 * Makes the ledger anew: batch by batch, so that it takes the same memory for any number of visits.
 * Throws OtherPlan.
 */
export function predict(
  journal: Pick<BatchJournal, 'finished' | 'open'>,
  { maker, backfill }: Pick<Replay, 'maker' | 'backfill'>,
  site: LedgerSiteChoices,
): Prediction {
  const ledger = new Ledger(site);
  const uncertain: Uncertainty[] = [];
  let batches = 0;
  let accepted_hits = 0;
  const negative = new NegativeBooks();
  for (const batch of knownBatches(journal, backfill.lanes)) {
    const hits = maker.hitsOf(batch);
    if (hits.length !== batch.hits) throw new OtherPlan();
    giveBatch(batch, hits, ledger);
    uncertain.push(...uncertaintiesOf(batch));
    negative.finished(batch, hits);
    batches++;
    accepted_hits += batch.accepted ?? 0;
  }
  const days = new Map([...ledger.days()].map(([date, day]) => [date, figuresOf(day)]));
  const { negative_visits: visits, negative_hits: hits } = negative.total;
  return { days, batches, accepted_hits, negative: { visits, hits }, uncertain };
}
