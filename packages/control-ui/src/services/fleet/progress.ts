import type { Told } from '../../ports/status-reader.ts';
import { keptOf, numbersTold } from '../backfill-numbers.ts';
import { type Counters, countersOf } from '../watch/series.ts';

/** What a loader told, for the time series and for the record of its run. */
export interface Progress {
  readonly counters: Counters;
  readonly result: Record<string, unknown>;
}

/** null: it told no numbers yet. */
export function progressOf(told: Told): Progress | null {
  if (told.kind === 'live') return { counters: told.snapshot, result: { ...told.snapshot } };
  const numbers = numbersTold(told);
  const result = keptOf(numbers);
  if (numbers.report === null || result === null) return null;
  return { counters: countersOf(numbers.report), result };
}
