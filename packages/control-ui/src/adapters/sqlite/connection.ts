import { closeSync, fchmodSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { OpeningError } from '../../ports/store/opening.ts';
import { troubleOf } from './trouble.ts';

export type Database = SqliteDatabase.Database;

/** How long a write waits for one of another process. */
const patience_ms = 5_000;

/**
 * Opens or makes a database file of mode 0600 in a folder of mode 0700 (one that is there keeps its mode).
 * Commits survive a power cut (WAL with synchronous=FULL), foreign keys are kept, what is deleted is
 * overwritten.
 * @throws OpeningError `data_unusable`
 */
export function openFile(path: string): Database {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    makePrivate(path);
    const db = new SqliteDatabase(path, { timeout: patience_ms });
    try {
      db.pragma('journal_mode = WAL');
      db.pragma('synchronous = FULL');
      db.pragma('foreign_keys = ON');
      db.pragma('secure_delete = ON');
      db.pragma('trusted_schema = OFF');
      const damage = db.pragma('quick_check(1)', { simple: true });
      if (damage !== 'ok') throw unusable(path, `is damaged: ${damage}`);
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble === null) throw error;
    throw unusable(path, trouble);
  }
}

/** SQLite gives its `-wal` and `-shm` files the mode of the database, so it is set before there are any. */
function makePrivate(path: string): void {
  const file = openSync(path, 'a', 0o600);
  try {
    fchmodSync(file, 0o600);
  } finally {
    closeSync(file);
  }
}

function unusable(path: string, why: string): OpeningError {
  return new OpeningError(
    'data_unusable',
    `The database ${path} ${why}.`,
    'Check the disk and who owns the folder; a damaged database is replaced by its last backup.',
  );
}
