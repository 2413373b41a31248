import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { Command } from 'commander';
import { expect, it } from 'vitest';
import { openRooms } from '../adapters/sqlite/database.ts';
import { keyFileOf } from '../adapters/sqlite/seal.ts';
import { digestOf } from '../services/gate.ts';
import { dataFolder } from '../testing/data-folder.ts';
import { addDataCommands } from './data-commands.ts';

const now = () => '2026-05-01T12:00:00.000Z';
const secret = { NEW_SECRET_KEY: 'ef'.repeat(32) };
const values = { matomo_token_auth: 'secret-token' };

/** What a command says, and its exit code. */
async function run(
  data: string,
  args: readonly string[],
  environment: Record<string, string> = {},
) {
  const said: string[] = [];
  let code = 0;
  const cli = new Command().exitOverride();
  addDataCommands(cli, {
    environment: { ...environment, CONTROL_DATA_DIR: data },
    readFile: () => {
      throw new Error('There are no files.');
    },
    say: (line) => said.push(line),
    finish: (exit) => {
      code = exit;
    },
  });
  await cli.parseAsync([...args], { from: 'user' });
  return { said, code };
}

const service = (data_dir: string, secret_key: string | null = null) =>
  openRooms({ data_dir, secret_key, as: 'alone' }, now);

it('makes, lists and revokes keys while the service runs', async () => {
  const data = dataFolder();
  const rooms = service(data);
  const { said } = await run(data, ['keys', 'add', 'ci', '--role', 'operator']);
  const key = said.at(-1) ?? '';
  expect(key).toMatch(/^trf_[\w-]{43}$/);
  expect(rooms.access.keyByHash(digestOf(key))).toMatchObject({ name: 'ci', role: 'operator' });
  await expect(run(data, ['keys', 'add', 'ci'])).rejects.toThrow('named “ci” already');
  await run(data, ['keys', 'add', 'watcher']);
  await run(data, ['keys', 'revoke', 'ci']);
  expect(rooms.access.keyByHash(digestOf(key))).toBeNull();
  await expect(run(data, ['keys', 'revoke', 'ci'])).rejects.toThrow('There is no key');
  const listed = await run(data, ['keys', 'list']);
  expect(listed.said).toEqual([
    expect.stringMatching(/^ci +operator +made .* revoked /),
    expect.stringMatching(/^watcher +viewer +made .*last used never$/),
  ]);
  const json = await run(data, ['keys', 'list', '--json']);
  expect(JSON.parse(json.said[0] ?? '')).toHaveLength(2);
  expect([...listed.said, ...json.said].join()).not.toContain(digestOf(key));
  rooms.upkeep.close();
});

it('makes a key before the first start of the service', async () => {
  const data = join(dataFolder(), 'new');
  const { said } = await run(data, ['keys', 'add', 'first-of-all']);
  const rooms = service(data);
  expect(rooms.access.keyByHash(digestOf(said.at(-1) ?? ''))).toMatchObject({ role: 'viewer' });
  rooms.upkeep.close();
});

it('refuses names and roles that are none, and data that are not there', async () => {
  const data = dataFolder();
  await expect(run(data, ['keys', 'add', 'My Key'])).rejects.toThrow('small letters');
  await expect(run(data, ['keys', 'add', 'ci', '--role', 'root'])).rejects.toThrow('viewer');
  for (const args of [
    ['keys', 'list'],
    ['keys', 'revoke', 'ci'],
    ['backup', join(data, 'b')],
    ['rotate-secret'],
  ]) {
    await expect(run(data, args)).rejects.toThrow('There is no data of the service');
  }
});

it('writes a backup while the service runs', async () => {
  const data = dataFolder();
  const rooms = service(data);
  rooms.settings.put({ concurrency: 7 }, null, null);
  const file = join(data, 'backup.sqlite');
  await run(data, ['backup', file]);
  const copy = new SqliteDatabase(file, { readonly: true });
  expect(copy.prepare('SELECT content FROM settings').pluck().get()).toBe('{"concurrency":7}');
  copy.close();
  await expect(run(data, ['backup', file])).rejects.toThrow('there is such a file already');
  rooms.upkeep.close();
});

it('rotates the key when the service is stopped', async () => {
  const data = dataFolder();
  const rooms = service(data);
  rooms.settings.put(values, null, null);
  await expect(run(data, ['rotate-secret'], secret)).rejects.toThrow('is in use');
  rooms.upkeep.close();
  const { said } = await run(data, ['rotate-secret'], secret);
  expect(said[0]).toMatch(/^1 secret is sealed with the new key \([0-9a-f]{16}\)/);
  expect(said.join()).not.toContain(secret.NEW_SECRET_KEY);
  const after = service(data, secret.NEW_SECRET_KEY);
  expect(after.settings.get().values).toEqual(values);
  after.upkeep.close();
  await run(data, ['rotate-secret'], { SECRET_KEY: secret.NEW_SECRET_KEY });
  expect(existsSync(keyFileOf(data))).toBe(true);
  const last = service(data);
  expect(last.settings.get().values).toEqual(values);
  last.upkeep.close();
});

it('imports a copy of the predecessor’s data, and says what did not come', async () => {
  const from = dataFolder();
  const db = new SqliteDatabase(join(from, 'presets.db'));
  db.exec(`
    CREATE TABLE config_presets (id INTEGER PRIMARY KEY, name TEXT, description TEXT, config_json TEXT,
                                 created_at TEXT, updated_at TEXT);
    INSERT INTO config_presets VALUES
      (1, 'Good', NULL, '{"concurrency": 5, "odd": 1}', '2025-01-01T00:00:00', '2025-01-01T00:00:00'),
      (2, 'Bad', NULL, 'no JSON', '2025-01-01T00:00:00', '2025-01-01T00:00:00');`);
  db.close();
  writeFileSync(join(from, 'urls.txt'), 'https://shop.test.lan/\n');
  const data = dataFolder();
  const { said, code } = await run(data, ['import', from]);
  expect(said).toEqual([
    'preset “Good” came:',
    expect.stringMatching(/^ {2}There is no setting odd\./),
    'preset “Bad” did not come:',
    '  Its settings are not a JSON object.',
    'urls.txt came.',
  ]);
  expect(code).toBe(3);
  const rooms = service(data);
  expect(rooms.presets.byName('Good')?.settings).toEqual({ concurrency: 5 });
  rooms.upkeep.close();
  const again = await run(data, ['import', from, '--json']);
  expect(JSON.parse(again.said[0] ?? '')[0]).toMatchObject({ outcome: 'kept_already' });
});
