import type { JourneysFile } from '@trafficinator/contract';
import type { Plugin } from '../journeys/interface.ts';

/** How long plugins took over visits; measured where there is a clock. */
export interface SlowCalls {
  /** By plugin: visits that took longer than the budget, and the longest. */
  counts(): ReadonlyMap<string, { readonly slow: number; readonly slowest_ms: number }>;
}

/** Behaviour of the user's own: what visits do besides the built-in ways. */
export interface Behaviour {
  /** JOURNEYS_FILE; null: none. */
  readonly file: JourneysFile | null;
  /** In the order of their file names. */
  readonly plugins: readonly Pick<Plugin, 'name' | 'journeys' | 'hits'>[];
  /** Of all files that it was read from: other files are other behaviour. */
  readonly digest: string;
  readonly slow_calls: SlowCalls | null;
}
