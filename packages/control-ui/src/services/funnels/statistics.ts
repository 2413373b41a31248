import { funnelNumbers, journeyNumbers } from '@trafficinator/contract';
import type { FunnelStatistics, JourneyStatistics } from '@trafficinator/contract/rest';
import { z } from 'zod';
import type { Runs } from '../../ports/store/runs.ts';

/** So many runs are looked through; results of long backfills are large. */
const newestRuns = 50;
const withFunnels = z.object({ funnels: z.array(funnelNumbers) });
const withJourneys = z.object({ journeys: z.array(journeyNumbers) });

type OfRun = FunnelStatistics['items'][number]['run'];

/** How funnels and journeys fared in real runs, which know them by their names. */
export class FunnelsInRuns {
  readonly #runs: Runs;

  constructor(runs: Runs) {
    this.#runs = runs;
  }

  /** How far visitors came in each funnel, of the newest run that had it. */
  statistics(): Promise<FunnelStatistics> {
    return this.#newest((result) => withFunnels.safeParse(result).data?.funnels ?? []);
  }

  /** How many visits followed each journey, of the newest run that had it. */
  journeys(): Promise<JourneyStatistics> {
    return this.#newest((result) => withJourneys.safeParse(result).data?.journeys ?? []);
  }

  async #newest<T extends { readonly name: string }>(
    numbersIn: (result: unknown) => readonly T[],
  ): Promise<{ items: (T & { run: OfRun })[]; runs: number }> {
    const { items } = await this.#runs.list({ limit: newestRuns, cursor: null }, null);
    const byName = new Map<string, T & { run: OfRun }>();
    for (const { id, kind, name, started_at, ended_at, result } of items) {
      const run = { id, kind, name, started_at, ended_at };
      for (const numbers of numbersIn(result)) {
        if (!byName.has(numbers.name)) byName.set(numbers.name, { ...numbers, run });
      }
    }
    return { items: [...byName.values()], runs: items.length };
  }
}
