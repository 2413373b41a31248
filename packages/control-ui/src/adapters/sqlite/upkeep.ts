import { closeSync, fsyncSync, linkSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreError } from '../../ports/store/kept.ts';
import type { Database } from './connection.ts';
import type { Sync, Upkeep } from './protocol.ts';

export function upkeepOf(db: Database, now: () => string, release: () => void): Sync<Upkeep> {
  return {
    check: () => {
      db.prepare('UPDATE service SET checked_at = ?').run(now());
    },
    backup: (path) => backup(db, path),
    close: () => {
      release();
    },
  };
}

/** Under its name a backup is whole, or it is not there; it never takes the place of another file. */
function backup(db: Database, path: string): void {
  const part = `${path}.part`;
  try {
    closeSync(openSync(part, 'wx', 0o600));
  } catch (error) {
    throw refused(path, error);
  }
  try {
    db.prepare('VACUUM INTO ?').run(part);
    for (const place of [part, dirname(path)]) sync(place);
    linkSync(part, path);
  } catch (error) {
    throw String((error as { code?: unknown }).code).startsWith('E') ? refused(path, error) : error;
  } finally {
    rmSync(part, { force: true });
  }
}

function sync(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function refused(path: string, error: unknown): StoreError {
  const { code } = error as NodeJS.ErrnoException;
  const why = code === 'EEXIST' ? 'there is such a file already' : `it cannot be written (${code})`;
  return new StoreError('store_unusable', `No backup was written to ${path}: ${why}.`);
}
