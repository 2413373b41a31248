import { readPredecessor } from '../adapters/sqlite/predecessor.ts';
import { openStore } from '../adapters/sqlite/store.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { importPredecessor } from '../services/import/import-predecessor.ts';
import type { Imported } from '../services/import/imported.ts';
import type { Say } from './data.ts';

export interface ImportOptions {
  readonly data_dir: string;
  /** Text of SECRET_KEY; null: the key file. */
  readonly secret_key: string | null;
  /** A copy of `presets.db`, or of the folder it is in. */
  readonly path: string;
  readonly json: boolean;
}

/**
 * Brings in what the predecessor kept, and tells what came and what did not. Resolves to whether everything
 * came. The service must be stopped: it would not notice the new material; if it runs, this is refused.
 */
export async function importData(options: ImportOptions, say: Say): Promise<boolean> {
  const { data_dir, secret_key, path, json } = options;
  const old = readPredecessor(path);
  const store = await openStore({ data_dir, secret_key, as: 'alone' }, systemClock);
  let all: readonly Imported[];
  try {
    all = await importPredecessor(store, old);
  } finally {
    await store.close();
  }
  if (json) say(JSON.stringify(all));
  else for (const each of all) tell(each, say);
  return all.every(({ outcome }) => outcome !== 'refused');
}

function tell({ kind, name, outcome, as, notes }: Imported, say: Say): void {
  const what = kind === 'preset' || kind === 'funnel' ? `${kind} “${name}”` : name;
  const became = as === name || as === null ? '' : ` as “${as}”`;
  const said = { imported: 'came', kept_already: 'is here already', refused: 'did not come' };
  say(`${what} ${said[outcome]}${became}${notes.length > 0 ? ':' : '.'}`);
  for (const note of notes) say(`  ${note}`);
}
