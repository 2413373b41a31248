import { closeSync, openSync } from 'node:fs';
import SqliteDatabase from 'better-sqlite3';
import { OpeningError } from '../../ports/store/opening.ts';

/** A command that is about to end may hold it for a moment. */
const patience_ms = 2_000;

/**
 * Holds the data directory for one service: an exclusive lock of SQLite on a file of its own, which vanishes
 * with the process, however it dies. The database itself stays open to commands such as `backup`.
 * Returns how to let go. @throws OpeningError `data_in_use`
 */
export function holdLock(path: string): () => void {
  closeSync(openSync(path, 'a', 0o600));
  const lock = new SqliteDatabase(path, { timeout: patience_ms });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')) throw error;
    throw new OpeningError(
      'data_in_use',
      `The data directory is in use: another service, or a command, holds ${path}.`,
      'Stop the other one, or give this service a data directory of its own.',
    );
  }
  return () => lock.close();
}
