import { existsSync } from 'node:fs';
import type { Settings, Target } from '@trafficinator/contract';
import { SqliteBatchJournal } from '../account/batches/batch-journal.ts';
import { StateError } from '../account/live-state.ts';
import { Failure } from './failure.ts';
import { batchesPath, stateFailure } from './state.ts';

/**
 * Opens the memory of a target's backfill, if there is one; null otherwise, and nothing is made. While it
 * is open, that backfill cannot go on. Throws a Failure when it is under way or the file is unusable.
 */
export function openRemembered(settings: Settings, target: Target): SqliteBatchJournal | null {
  const path = batchesPath(settings, target);
  if (!existsSync(path)) return null;
  try {
    return new SqliteBatchJournal(path);
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    if (error.code !== 'state_locked') throw stateFailure(error);
    throw Failure.of('state_locked', {
      message: `The backfill of this target is under way (its journal ${path} is in use).`,
      remedy:
        'Wait for its end (`trafficinator backfill --status` shows how far it is) or stop it, then reconcile.',
      fields: ['state_dir'],
    });
  }
}
