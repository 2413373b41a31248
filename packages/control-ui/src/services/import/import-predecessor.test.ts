import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { expect, it } from 'vitest';
import { readPredecessor } from '../../adapters/sqlite/predecessor.ts';
import { OpeningError } from '../../ports/store/opening.ts';
import { dataFolder, filesWith } from '../../testing/data-folder.ts';
import { roomsIn } from '../../testing/open-rooms.ts';
import { promised } from '../../testing/promised.ts';
import { importPredecessor } from './import-predecessor.ts';

const token = 'feedfacecafebeef0123456789abcdef';
const tables = `
  CREATE TABLE config_presets (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE NOT NULL, description TEXT,
    config_json TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL);
  CREATE TABLE funnels (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE NOT NULL, description TEXT,
    probability REAL DEFAULT 0, priority INTEGER DEFAULT 0, enabled INTEGER DEFAULT 1,
    config_json TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL);`;
const created = '2025-10-01T08:30:00.123456';
const updated = '2025-10-02 09:00:00';
const page = { type: 'pageview', url: 'https://shop.test.lan/' };

interface Old {
  readonly presets?: Readonly<Record<string, unknown>>;
  readonly funnels?: readonly (readonly [name: string, priority: number, config: unknown])[];
  readonly files?: Readonly<Record<string, string>>;
}

/** A copy of the predecessor's folder. */
function predecessor({ presets = {}, funnels = [], files = {} }: Old): string {
  const folder = dataFolder();
  const db = new SqliteDatabase(join(folder, 'presets.db'));
  db.exec(tables);
  for (const [name, config] of Object.entries(presets)) {
    db.prepare('INSERT INTO config_presets VALUES (NULL, ?, NULL, ?, ?, ?)').run(
      name,
      typeof config === 'string' ? config : JSON.stringify(config),
      created,
      updated,
    );
  }
  for (const [name, priority, config] of funnels) {
    db.prepare("INSERT INTO funnels VALUES (NULL, ?, 'Old', 0.25, ?, 0, ?, ?, ?)").run(
      name,
      priority,
      JSON.stringify(config),
      created,
      updated,
    );
  }
  db.close();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

function target() {
  const folder = dataFolder();
  const rooms = roomsIn(folder);
  const store = {
    presets: promised(rooms.presets),
    funnels: promised(rooms.funnels),
    documents: promised(rooms.documents),
  };
  return {
    folder,
    store,
    bring: (from: string) => importPredecessor(store, readPredecessor(from)),
  };
}

it('brings presets with their values, times and tokens, and tells what did not come', async () => {
  const from = predecessor({
    presets: {
      Nightly: {
        matomo_url: 'https://m.test.lan',
        matomo_token_auth: token,
        target_visits_per_day: '2500',
        concurrency: 0,
        randomize_visitor_countries: false,
        click_events_probability: 0.3,
        pageviews_min: null,
        visits_per_moon: 5,
        log_level: 'warning',
      },
      Masked: { matomo_token_auth: '***MASKED***', concurrency: 20, STATUS_PORT: 9000 },
      Broken: 'no JSON',
    },
  });
  const { folder, store, bring } = target();
  const before = readFileSync(join(from, 'presets.db'));
  const all = await bring(from);
  expect(all.map(({ name, outcome, as }) => [name, outcome, as])).toEqual([
    ['Nightly', 'imported', 'Nightly'],
    ['Masked', 'imported', 'Masked'],
    ['Broken', 'refused', null],
  ]);
  expect(await store.presets.byName('Nightly')).toMatchObject({
    description: '',
    with_secrets: true,
    created_at: '2025-10-01T08:30:00.123Z',
    updated_at: '2025-10-02T09:00:00.000Z',
    settings: {
      matomo_url: 'https://m.test.lan/matomo.php',
      matomo_token_auth: token,
      target_visits_per_day: 2_500,
      randomize_visitor_countries: false,
      click_events_probability: 0.3,
      log_level: 'WARNING',
    },
  });
  expect((await store.presets.byName('Masked'))?.settings).toEqual({ concurrency: 20 });
  expect(all[0]?.notes).toEqual([
    expect.stringContaining('CONCURRENCY is too small'),
    expect.stringContaining('no setting visits_per_moon'),
  ]);
  expect(all[1]?.notes).toEqual([
    'MATOMO_TOKEN_AUTH was masked there, so it did not come.',
    expect.stringContaining('STATUS_PORT'),
  ]);
  expect(JSON.stringify(all)).not.toContain(token);
  expect(filesWith(folder, token)).toEqual([]);
  expect(readFileSync(join(from, 'presets.db'))).toEqual(before);
});

it('brings funnels, and refuses one with a mistake by its step and field', async () => {
  const from = predecessor({
    funnels: [
      ['Checkout', 3, { name: 'Checkout', probability: 0.9, steps: [page] }],
      ['Half', 1, { steps: [page, { type: 'event', event_category: 'a', event_name: 'b' }] }],
      ['Empty', 2, { steps: [] }],
    ],
  });
  const { store, bring } = target();
  const all = await bring(from);
  expect(all.map(({ outcome }) => outcome)).toEqual(['imported', 'refused', 'refused']);
  expect(all[1]?.notes).toEqual([
    expect.stringContaining('“Half”, step 2 (event): event_action is missing'),
  ]);
  const [kept] = await store.funnels.all();
  expect(kept).toMatchObject({
    name: 'Checkout',
    enabled: false,
    priority: 3,
    created_at: '2025-10-01T08:30:00.123Z',
    funnel: {
      name: 'Checkout',
      probability: 0.25,
      enabled: false,
      priority: 3,
      description: 'Old',
    },
  });
});

it('brings the files beside the database, and leaves those that are here', async () => {
  const files = { 'urls.txt': 'https://shop.test.lan/a Title\n', 'events.json': '{"click": 1}' };
  const from = predecessor({ files });
  const { store, bring } = target();
  const all = await bring(join(from, 'presets.db'));
  expect(all.map(({ kind, outcome }) => [kind, outcome])).toEqual([
    ['urls', 'imported'],
    ['events', 'refused'],
  ]);
  expect((await store.documents.get('urls'))?.content).toBe(files['urls.txt']);
  const other = predecessor({ files: { 'urls.txt': 'https://other.test.lan/\n' } });
  expect((await bring(other))[0]).toMatchObject({ outcome: 'refused' });
  expect((await store.documents.get('urls'))?.content).toBe(files['urls.txt']);
  const comments = predecessor({ files: { 'urls.txt': '# nothing\n' } });
  expect((await bring(comments))[0]?.notes).toEqual([expect.stringContaining('no line')]);
});

it('changes nothing when the same is imported again, and keeps both of one name', async () => {
  const funnels = [['F', 1, { steps: [page] }]] as const;
  const first = predecessor({
    presets: { P: { concurrency: 5, matomo_token_auth: token } },
    funnels,
  });
  const second = predecessor({
    presets: { P: { concurrency: 6 } },
    funnels: [['F', 2, { steps: [page] }]],
  });
  const { store, bring } = target();
  await bring(first);
  for (let again = 0; again < 2; again++) {
    expect((await bring(first)).map(({ outcome }) => outcome)).toEqual([
      'kept_already',
      'kept_already',
    ]);
  }
  const others = await bring(second);
  expect(others.map(({ as }) => as)).toEqual(['P (imported)', 'F (imported)']);
  const once = await bring(second);
  expect(once.map(({ outcome, as }) => [outcome, as])).toEqual([
    ['kept_already', 'P (imported)'],
    ['kept_already', 'F (imported)'],
  ]);
  expect((await store.presets.all()).map(({ name }) => name)).toEqual(['P', 'P (imported)']);
  expect((await store.funnels.all()).map(({ name }) => name)).toEqual(['F', 'F (imported)']);
});

it('says why a file is no copy that can be read', () => {
  const folder = dataFolder();
  const refusal = (path: string) => {
    try {
      readPredecessor(path);
    } catch (error) {
      if (error instanceof OpeningError) return error.message;
      throw error;
    }
    return 'none';
  };
  expect(refusal(join(folder, 'presets.db'))).toContain('ENOENT');
  writeFileSync(join(folder, 'presets.db'), 'This is no database, but long enough. '.repeat(30));
  expect(refusal(folder)).toContain('no SQLite database');
  const other = predecessor({});
  writeFileSync(join(other, 'presets.db-journal'), 'pages');
  expect(refusal(other)).toContain('does not have yet');
  const foreign = dataFolder();
  const db = new SqliteDatabase(join(foreign, 'presets.db'));
  db.exec('CREATE TABLE other (x)');
  db.close();
  expect(refusal(foreign)).toContain('neither presets nor funnels');
});

it('reads a copy that was kept with a write-ahead log', () => {
  const from = predecessor({ presets: { P: { concurrency: 5 } } });
  const db = new SqliteDatabase(join(from, 'presets.db'));
  db.pragma('journal_mode = WAL');
  db.close();
  expect(readPredecessor(from).presets).toHaveLength(1);
});
