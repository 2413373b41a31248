import SqliteDatabase from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { OpeningError } from '../../ports/store/opening.ts';
import { dataFolder } from '../../testing/data-folder.ts';
import { openFile } from './connection.ts';
import { databaseFileOf, openRooms } from './database.ts';
import { latestVersion, migrate } from './migrate.ts';

const now = () => '2026-05-01T12:00:00.000Z';
const open = (data_dir: string) =>
  openRooms({ data_dir, secret_key: 'ab'.repeat(32), as: 'alone' }, now);

/** What each version brought: a row of it. */
const rowsOf: Readonly<Record<number, string>> = {
  1: `INSERT INTO keys (name, role, hash, created_at) VALUES ('ci', 'operator', 'h', '${now()}')`,
  2: `INSERT INTO funnels (content, created_at, updated_at)
      VALUES ('{"name":"f","enabled":true,"priority":3}', '${now()}', '${now()}')`,
  3: `INSERT INTO runs (id, kind, instances, started_by, started_at, settings)
      VALUES ('run-1', 'live', '[]', 'ci', '${now()}', '{}')`,
  4: `INSERT INTO audit (at, actor, address, action, outcome, detail)
      VALUES ('${now()}', 'ci', '::1', 'loader.start', 'done', '{}')`,
};

const schemaOf = (path: string): unknown => {
  const db = new SqliteDatabase(path, { readonly: true });
  const schema = db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all();
  db.close();
  return schema;
};

it('has a row to test each version with', () => {
  expect(Object.keys(rowsOf)).toHaveLength(latestVersion);
});

describe.each(Array.from({ length: latestVersion }, (_, version) => version))(
  'a database of version %i',
  (version) => {
    it('becomes the latest one, and loses nothing', () => {
      const folder = dataFolder();
      const file = databaseFileOf(folder);
      const old = openFile(file);
      migrate(old, version);
      for (let v = 1; v <= version; v++) old.exec(rowsOf[v] ?? '');
      old.close();
      const rooms = open(folder);
      const { access, funnels, runs, audit } = rooms;
      const found = [
        access.keys(),
        funnels.all(),
        runs.open(),
        audit.list({ limit: 9, cursor: null }).items,
      ];
      expect(found.map((rows) => rows.length)).toEqual(
        [1, 2, 3, 4].map((v) => (v <= version ? 1 : 0)),
      );
      rooms.upkeep.close();
      const fresh = dataFolder();
      open(fresh).upkeep.close();
      expect(schemaOf(file)).toEqual(schemaOf(databaseFileOf(fresh)));
    });
  },
);

/** The error of opening a file after a change to it. */
function refusalOf(change: (db: ReturnType<typeof openFile>) => void): OpeningError {
  const folder = dataFolder();
  const db = openFile(databaseFileOf(folder));
  change(db);
  db.close();
  try {
    open(folder).upkeep.close();
  } catch (error) {
    if (error instanceof OpeningError) return error;
    throw error;
  }
  throw new Error('It was opened.');
}

it('refuses a database of a newer version, and one of another program', () => {
  const newer = refusalOf((db) => {
    migrate(db);
    db.pragma(`user_version = ${latestVersion + 1}`);
  });
  expect(newer.code).toBe('data_too_new');
  expect(newer.message).toContain(`schema ${latestVersion + 1}, and this version knows`);
  const foreign = refusalOf((db) => db.exec('CREATE TABLE other (x)'));
  expect([foreign.code, foreign.message]).toEqual([
    'data_unusable',
    expect.stringContaining('of another program'),
  ]);
});
