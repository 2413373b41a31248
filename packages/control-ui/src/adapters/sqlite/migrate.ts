import { OpeningError } from '../../ports/store/opening.ts';
import type { Database } from './connection.ts';
import { migrations } from './migrations/list.ts';

/** Marks the file as ours: `Traf` in ASCII. */
const applicationId = 0x54726166;

/** The version that this program reads and writes. */
export const latestVersion = migrations.length;

/**
 * Brings a database to a version, each step in a transaction of its own; an empty file becomes a database.
 * Returns the version it had. @throws OpeningError when it is newer than this program or not ours.
 */
export function migrate(db: Database, to = latestVersion): number {
  const found = versionOf(db);
  for (const [index, sql] of migrations.slice(0, to).entries()) {
    if (index < found) continue;
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`application_id = ${applicationId}`);
      db.pragma(`user_version = ${index + 1}`);
    }).exclusive();
  }
  return found;
}

/** The version of a database of ours. @throws OpeningError */
export function versionOf(db: Database): number {
  const version = Number(db.pragma('user_version', { simple: true }));
  const ours = db.pragma('application_id', { simple: true }) === applicationId;
  const tables = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
  if (!ours && (version !== 0 || tables !== 0)) {
    throw new OpeningError(
      'data_unusable',
      `${db.name} is a database of another program.`,
      'Give the service a data directory of its own.',
    );
  }
  if (version <= latestVersion) return version;
  throw new OpeningError(
    'data_too_new',
    `${db.name} was written by a newer version of Trafficinator: it has schema ${version}, and this version knows ${latestVersion}.`,
    'Start the newer version, or put back a backup that was made before the upgrade.',
  );
}
