import type { Plugin } from '../../plan/journeys/interface.ts';
import type { SlowCalls } from '../../plan/material/behaviour.ts';

interface Counts {
  slow: number;
  slowest_ms: number;
}

/** Measures how long plugins take over visits. What they say is not touched. */
export class PluginWatch implements SlowCalls {
  readonly #elapsed: () => number;
  readonly #budget_ms: number;
  readonly #byName = new Map<string, Counts>();

  /** `elapsed`: milliseconds of a clock that never goes back. */
  constructor(elapsed: () => number, budget_ms: number) {
    this.#elapsed = elapsed;
    this.#budget_ms = budget_ms;
  }

  counts(): ReadonlyMap<string, Counts> {
    return this.#byName;
  }

  /** The same plugin, watched. */
  over(plugin: Plugin): Plugin {
    const counts: Counts = { slow: 0, slowest_ms: 0 };
    this.#byName.set(plugin.name, counts);
    const { journeys, hits } = plugin;
    return {
      ...plugin,
      ...(journeys && {
        journeys: journeys.map((journey) => ({
          ...journey,
          visit: (v) => this.#timed(counts, () => journey.visit(v)),
        })),
      }),
      ...(hits && {
        hits: (visit, context) => this.#timed(counts, () => hits(visit, context)),
      }),
    };
  }

  #timed<T>(counts: Counts, call: () => T): T {
    const began_ms = this.#elapsed();
    try {
      return call();
    } finally {
      const took_ms = this.#elapsed() - began_ms;
      if (took_ms > this.#budget_ms) counts.slow++;
      if (took_ms > counts.slowest_ms) counts.slowest_ms = took_ms;
    }
  }
}
