import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { StateError } from './live-state.ts';

export type Database = SqliteDatabase.Database;
/** A statement with any parameters. */
export type Statement = SqliteDatabase.Statement<unknown[]>;

/**
 * Opens a state file, making it with `schema` when it is new. The exclusive lock that SQLite holds while
 * it is open keeps a second run out and vanishes with the process, however it dies.
 * `durable`: commits survive a power cut (synchronous=FULL), not only the death of the process.
 * Throws a StateError when another run holds the file or it cannot be used.
 */
export function openStateFile(
  path: string,
  schema: string,
  version: number,
  durable: boolean,
): Database {
  return guarded(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    const db = new SqliteDatabase(path, { timeout: 200 });
    try {
      db.pragma('locking_mode = EXCLUSIVE');
      db.pragma('journal_mode = WAL');
      db.pragma(`synchronous = ${durable ? 'FULL' : 'NORMAL'}`);
      prepare(db, path, schema, version);
      db.exec('BEGIN IMMEDIATE; COMMIT');
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

function prepare(db: Database, path: string, schema: string, version: number): void {
  const found = db.pragma('user_version', { simple: true });
  const damage = db.pragma('quick_check(1)', { simple: true });
  if (damage !== 'ok') {
    throw new StateError('state_unusable', path, `The state file ${path} is damaged: ${damage}.`);
  }
  if (found === 0) {
    db.transaction(() => {
      db.exec(schema);
      db.pragma(`user_version = ${version}`);
    })();
  } else if (found !== version) {
    throw new StateError(
      'state_unusable',
      path,
      `The state file ${path} has version ${found}, this program knows ${version}.`,
    );
  }
}

/** Runs an action on a state file; SQLite's and the system's errors become a StateError. */
export function guarded<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw asStateError(error, path);
  }
}

function asStateError(error: unknown, path: string): unknown {
  if (error instanceof StateError || !(error instanceof Error)) return error;
  const code = (error as { code?: string }).code ?? '';
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new StateError('state_locked', path, `Another run is using the state file ${path}.`);
  }
  if (/^(SQLITE|E[A-Z]+$)/.test(code)) {
    const what = `The state file ${path} ${troubles[code] ?? `cannot be used: ${error.message}`}`;
    return new StateError('state_unusable', path, `${what} (${code}).`);
  }
  return error;
}

/** What SQLite's codes mean for a person. */
const troubles: Readonly<Record<string, string>> = {
  SQLITE_FULL: 'cannot be written: the disk or the quota is full',
  SQLITE_IOERR_WRITE: 'cannot be written: the disk is full, over its quota or broken',
  SQLITE_READONLY: 'cannot be written: it is read-only',
  SQLITE_CANTOPEN: 'cannot be opened or made',
  SQLITE_NOTADB: 'is damaged: it is no SQLite database',
  SQLITE_CORRUPT: 'is damaged: it is cut off or overwritten',
};
