import { funnelNumbers } from '@trafficinator/contract';
import type { FunnelStatistics } from '@trafficinator/contract/rest';
import { z } from 'zod';
import type { Runs } from '../../ports/store/runs.ts';

/** So many runs are looked through; results of long backfills are large. */
const newestRuns = 50;
const withFunnels = z.object({ funnels: z.array(funnelNumbers) });

/** How funnels fared in real runs. */
export class FunnelsInRuns {
  readonly #runs: Runs;

  constructor(runs: Runs) {
    this.#runs = runs;
  }

  /** How far visitors came in each funnel, of the newest run that had it. Runs know a funnel by its name. */
  async statistics(): Promise<FunnelStatistics> {
    const { items } = await this.#runs.list({ limit: newestRuns, cursor: null }, null);
    const byName = new Map<string, FunnelStatistics['items'][number]>();
    for (const { id, kind, name, started_at, ended_at, result } of items) {
      const told = withFunnels.safeParse(result);
      if (!told.success) continue;
      const run = { id, kind, name, started_at, ended_at };
      for (const numbers of told.data.funnels) {
        if (!byName.has(numbers.name)) byName.set(numbers.name, { ...numbers, run });
      }
    }
    return { items: [...byName.values()], runs: items.length };
  }
}
