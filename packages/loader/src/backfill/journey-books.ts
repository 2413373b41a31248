import type { JourneyNumbers, PluginNumbers } from '@trafficinator/contract';
import type { BatchOutcome } from '../account/batches/batch.ts';
import { fates, type KnownBatch } from '../account/batches/fates.ts';
import { JourneyTally } from '../account/journey-tally.ts';
import { PluginTally } from '../account/plugin-tally.ts';
import type { SlowCalls } from '../plan/material/behaviour.ts';
import type { PlacedHit } from './batch-maker.ts';

/** Journeys of a backfill's visits, and what plugins failed to plan of them: of all finished batches, also of earlier processes. */
export class JourneyBooks {
  readonly #journeys = new JourneyTally();
  readonly #plugins: PluginTally;

  /** `slow_calls`: how long plugins take in this process. */
  constructor(slow_calls: SlowCalls | null) {
    this.#plugins = new PluginTally(slow_calls);
  }

  /** A visit is counted with the batch that begins it: the first of its day begins in an opener. */
  finished(batch: KnownBatch & BatchOutcome, hits: readonly PlacedHit[]): void {
    const fateOf = fates(batch);
    for (const [at, { visit, hit, position }] of hits.entries()) {
      if (position !== 0) continue;
      this.#journeys.planned(visit);
      this.#plugins.planned(visit);
      if (fateOf(at) === 'taken') this.#journeys.accepted(visit, hit);
    }
  }

  get journeys(): JourneyNumbers[] {
    return this.#journeys.numbers();
  }

  get plugins(): PluginNumbers[] {
    return this.#plugins.numbers();
  }
}
