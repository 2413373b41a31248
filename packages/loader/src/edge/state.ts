import { existsSync } from 'node:fs';
import type { Settings, Target } from '@trafficinator/contract';
import { SqliteBatchJournal } from '../account/batches/batch-journal.ts';
import { LiveJournal } from '../account/journal.ts';
import { StateError } from '../account/live-state.ts';
import { Failure } from './failure.ts';
import { placeOf, stateFile } from './identity.ts';

/** Opens what a live run remembers; throws a Failure when another run holds it or it is unusable. */
export function openState(
  settings: Settings,
  targets: readonly Target[],
  kind: 'live' | 'target' = 'live',
): LiveJournal {
  try {
    const shard = settings.shard === null ? '' : ` shard ${settings.shard}`;
    const place = `${placeOf(targets)}${shard}`;
    return new LiveJournal(stateFile(kind, 'sqlite', place, settings.state_dir, process.env));
  } catch (error) {
    if (error instanceof StateError) throw stateFailure(error);
    throw error;
  }
}

/** What the files of a target's backfill are named after. */
type Place = Pick<Target, 'url' | 'site_id'>;

/** Opens the memory of a backfill; throws a Failure when another run holds it or it is unusable. */
export function openBatches(settings: Settings, target: Place): SqliteBatchJournal {
  try {
    return new SqliteBatchJournal(batchesPath(settings, target));
  } catch (error) {
    if (error instanceof StateError) throw stateFailure(error, memoryNeeded);
    throw error;
  }
}

/** Without its memory a backfill would send everything once more. */
const memoryNeeded =
  'Free the place, or restore the file from a backup: it alone knows what was sent, and without it (or with another STATE_DIR) a backfill begins anew.';

/** Whether a process has a backfill of this target in hand at this moment. */
export function isBackfillHeld(settings: Settings, target: Target): boolean {
  const path = batchesPath(settings, target);
  if (!existsSync(path)) return false;
  try {
    new SqliteBatchJournal(path).close();
    return false;
  } catch (error) {
    return error instanceof StateError && error.code === 'state_locked';
  }
}

/** Where the memory of a backfill lies. */
export const batchesPath = (settings: Settings, target: Place): string =>
  stateFile('backfill', 'sqlite', placeOf([target]), settings.state_dir, process.env);

/** Where the report of a backfill lies. */
export const reportPath = (settings: Settings, target: Target): string =>
  stateFile('backfill', 'json', placeOf([target]), settings.state_dir, process.env);

/** A state error as a problem with a remedy. */
export function stateFailure(
  error: StateError,
  unusable = 'Free or repair the place, or name another STATE_DIR.',
): Failure {
  const remedy =
    error.code === 'state_locked'
      ? 'Stop the other run, or give this one a STATE_DIR of its own.'
      : unusable;
  return Failure.of(error.code, { message: error.message, remedy, fields: ['state_dir'] });
}
