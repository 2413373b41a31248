import type { FunnelNumbers } from '@trafficinator/contract';
import type { BatchOutcome, Marks } from '../account/batches/batch.ts';
import { fates, type KnownBatch } from '../account/batches/fates.ts';
import { FunnelTally } from '../account/funnel-tally.ts';
import type { Material } from '../plan/material/material.ts';
import type { PlacedHit } from './batch-maker.ts';

type Finished = KnownBatch & BatchOutcome;

/** How far the visits of a backfill come in their funnels: of all finished batches, also of earlier processes. */
export class FunnelBooks {
  readonly #tally: FunnelTally;
  #unnamed = 0;

  constructor(funnels: Material['funnels']) {
    this.#tally = new FunnelTally(funnels);
  }

  /** A visit is counted as planned with the batch that begins it: the first of its day begins in an opener. */
  finished(batch: Finished, hits: readonly PlacedHit[]): void {
    const fateOf = fates(batch);
    let hasFunnel = false;
    for (const [at, { visit, hit, position }] of hits.entries()) {
      if (visit.funnel === undefined) continue;
      hasFunnel = true;
      if (position === 0) this.#tally.planned(visit.funnel);
      if (fateOf(at) === 'taken') this.#tally.accepted(visit.funnel, hit);
    }
    if (hasFunnel) this.#unnamed += unnamedOf(batch);
  }

  numbers(): FunnelNumbers[] {
    return this.#tally.numbers();
  }

  /** Hits that were not accepted and may be counted as such, since Matomo did not say which they are. */
  get unnamed(): number {
    return this.#unnamed;
  }
}

/** Where nothing was accepted at all it is sure of each hit. */
function unnamedOf({ accepted, rejected, failed, unknown, marks }: Finished): number {
  if (accepted === 0) return 0;
  const named = (['rejected', 'failed', 'unknown'] satisfies (keyof Marks)[]).reduce(
    (sum, kind) => sum + marks[kind].length,
    0,
  );
  return rejected + failed + unknown - named;
}
