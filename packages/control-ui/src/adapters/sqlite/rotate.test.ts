import { copyFileSync, existsSync, renameSync } from 'node:fs';
import { expect, it } from 'vitest';
import { OpeningError } from '../../ports/store/opening.ts';
import { dataFolder, filesWith } from '../../testing/data-folder.ts';
import { databaseFileOf, openDatabase, openRooms } from './database.ts';
import { forgetSecrets, rotateSecret } from './rotate.ts';
import { keyFileOf } from './seal.ts';

const now = () => '2026-05-01T12:00:00.000Z';
const values = { matomo_url: 'https://m.test.lan/matomo.php', matomo_token_auth: 'secret-token' };
const preset = { name: 'p', description: '', settings: values, with_secrets: true };
const passphrase = 'a passphrase of mine';
const bytes = 'cd'.repeat(32);

function withData<T>(
  data_dir: string,
  key: string | null,
  act: (rooms: ReturnType<typeof openRooms>) => T,
): T {
  const rooms = openRooms({ data_dir, secret_key: key, as: 'alone' }, now);
  try {
    return act(rooms);
  } finally {
    rooms.upkeep.close();
  }
}

function sealed(key: string | null): string {
  const folder = dataFolder();
  withData(folder, key, ({ settings, presets }) => {
    settings.put(values, null, null);
    presets.create(preset);
  });
  return folder;
}

const kept = (folder: string, key: string | null) =>
  withData(folder, key, ({ settings, presets }) => [
    settings.get().values,
    presets.byName('p')?.settings,
  ]);

/** Everything that was sealed, as it is in the database. */
function sealedTexts(folder: string): string[] {
  const { db, release } = openDatabase(folder, 'beside');
  const all = db.prepare('SELECT sealed FROM secrets').pluck().all() as string[];
  release();
  return all;
}

it.each([
  ['a key file', 'another', null, null],
  ['a key file', 'SECRET_KEY', null, bytes],
  ['SECRET_KEY', 'a passphrase', bytes, passphrase],
  ['a passphrase', 'a key file', passphrase, null],
])('goes from %s to %s', (_from, _to, old, next) => {
  const folder = sealed(old);
  const before = sealedTexts(folder);
  const { secrets, old_key_id, new_key_id } = rotateSecret(folder, old, next);
  expect(secrets).toBe(2);
  expect(new_key_id).not.toBe(old_key_id);
  expect(kept(folder, next)).toEqual([values, values]);
  if (old !== null) expect(() => kept(folder, old)).toThrow(OpeningError);
  for (const text of before) expect(filesWith(folder, text)).toEqual([]);
});

it('changes nothing when the old key is not the one, or the new one is no other', () => {
  const folder = sealed(bytes);
  const before = sealedTexts(folder);
  expect(() => rotateSecret(folder, passphrase, null)).toThrow('another key');
  expect(() => rotateSecret(folder, bytes, 'short')).toThrow('fewer than 16');
  expect(() => rotateSecret(folder, bytes, bytes)).toThrow('is the old one');
  expect(sealedTexts(folder)).toEqual(before);
  expect(kept(folder, bytes)).toEqual([values, values]);
});

it('changes nothing while a service runs', () => {
  const folder = sealed(null);
  withData(folder, null, () => {
    expect(() => rotateSecret(folder, null, null)).toThrow('is in use');
  });
  expect(kept(folder, null)).toEqual([values, values]);
});

it('rolls back when one of the texts cannot be opened', () => {
  const folder = sealed(null);
  const { db, release } = openDatabase(folder, 'beside');
  db.prepare("UPDATE secrets SET context = 'other' WHERE owner = 'settings'").run();
  release();
  const before = sealedTexts(folder);
  expect(() => rotateSecret(folder, null, null)).toThrow('belongs somewhere else');
  expect(sealedTexts(folder)).toEqual(before);
  expect(kept(folder, null)).toEqual([values, values]);
});

it('is finished at the next start when it was cut off after it sealed', () => {
  const folder = sealed(null);
  const file = keyFileOf(folder);
  copyFileSync(file, `${file}.old`);
  rotateSecret(folder, null, null);
  renameSync(file, `${file}.next`);
  renameSync(`${file}.old`, file);
  expect(kept(folder, null)).toEqual([values, values]);
  expect(existsSync(`${file}.next`)).toBe(false);
  expect(kept(folder, null)).toEqual([values, values]);
  expect(existsSync(databaseFileOf(folder))).toBe(true);
});

it.each([null, bytes])('goes on without the tokens when the key is lost', (next) => {
  const folder = sealed(passphrase);
  const before = sealedTexts(folder);
  expect(forgetSecrets(folder, next)).toBe(2);
  const { matomo_url } = values;
  expect(kept(folder, next)).toEqual([{ matomo_url }, { matomo_url }]);
  for (const text of before) expect(filesWith(folder, text)).toEqual([]);
});
