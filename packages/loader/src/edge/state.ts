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
    const place = placeOf(targets);
    return new LiveJournal(stateFile(kind, 'sqlite', place, settings.state_dir, process.env));
  } catch (error) {
    if (error instanceof StateError) throw stateFailure(error);
    throw error;
  }
}

/** Opens the memory of a backfill; throws a Failure when another run holds it or it is unusable. */
export function openBatches(settings: Settings, target: Target): SqliteBatchJournal {
  try {
    const place = placeOf([target]);
    return new SqliteBatchJournal(
      stateFile('backfill', 'sqlite', place, settings.state_dir, process.env),
    );
  } catch (error) {
    if (error instanceof StateError) throw stateFailure(error);
    throw error;
  }
}

/** Where the report of a backfill lies. */
export const reportPath = (settings: Settings, target: Target): string =>
  stateFile('backfill', 'json', placeOf([target]), settings.state_dir, process.env);

/** A state error as a problem with a remedy. */
export function stateFailure(error: StateError): Failure {
  const remedy =
    error.code === 'state_locked'
      ? 'Stop the other run, or give this one a STATE_DIR of its own.'
      : 'Free or repair the place, or name another STATE_DIR.';
  return Failure.of(error.code, { message: error.message, remedy, fields: ['state_dir'] });
}
