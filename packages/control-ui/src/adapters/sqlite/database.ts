import { join } from 'node:path';
import { AccessRows } from './access.ts';
import { AuditRows } from './audit.ts';
import { type Database, openFile } from './connection.ts';
import { DocumentRows } from './documents.ts';
import { funnelRows } from './funnels.ts';
import { IdempotencyRows } from './idempotency.ts';
import { holdLock } from './lock.ts';
import { latestVersion, migrate, versionOf } from './migrate.ts';
import { PreferenceRows } from './preferences.ts';
import { presetRows } from './presets.ts';
import type { DatabaseOptions, Rooms, Sync, Upkeep } from './protocol.ts';
import { RunRows } from './runs.ts';
import { vaultOf } from './seal.ts';
import { Secrets } from './secrets.ts';
import { SettingsRow } from './settings.ts';
import { upkeepOf } from './upkeep.ts';

export const databaseFileOf = (data_dir: string): string => join(data_dir, 'control.sqlite');
const lockFileOf = (data_dir: string): string => join(data_dir, 'service.lock');

/** An open database and how to let go of it. */
export interface OpenDatabase {
  readonly db: Database;
  readonly release: () => void;
}

/**
 * Opens the database of a data directory at the latest version. `alone` holds the lock until it is released;
 * `beside` takes it only to bring an older database up to date. @throws OpeningError
 */
export function openDatabase(data_dir: string, as: DatabaseOptions['as']): OpenDatabase {
  const db = openFile(databaseFileOf(data_dir));
  try {
    const lock = () => holdLock(lockFileOf(data_dir));
    let unlock = () => {};
    if (as === 'alone' || versionOf(db) < latestVersion) unlock = lock();
    try {
      migrate(db);
    } catch (error) {
      unlock();
      throw error;
    }
    if (as === 'beside') unlock();
    const release = () => {
      db.close();
      if (as === 'alone') unlock();
    };
    return { db, release };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** The store as it works in its own thread; `now` gives the time as the store keeps it. @throws OpeningError */
export function openRooms(
  options: DatabaseOptions,
  now: () => string,
): Sync<Rooms & { readonly upkeep: Upkeep }> {
  const { db, release } = openDatabase(options.data_dir, options.as);
  try {
    const beside = options.as === 'beside';
    const vault = beside ? null : vaultOf(db, options.data_dir, options.secret_key);
    const secrets = new Secrets(db, vault);
    return {
      presets: presetRows(db, secrets, now),
      funnels: funnelRows(db, now),
      documents: new DocumentRows(db, now),
      settings: new SettingsRow(db, secrets, now),
      runs: new RunRows(db),
      access: new AccessRows(db, now),
      audit: new AuditRows(db),
      idempotency: new IdempotencyRows(db, secrets),
      preferences: new PreferenceRows(db),
      upkeep: upkeepOf(db, now, release),
    };
  } catch (error) {
    release();
    throw error;
  }
}
