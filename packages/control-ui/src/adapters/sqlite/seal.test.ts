import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { OpeningError } from '../../ports/store/opening.ts';
import { dataFolder } from '../../testing/data-folder.ts';
import { makeNextKey } from '../vault/key-file.ts';
import { databaseFileOf, openDatabase, openRooms } from './database.ts';
import { keyFileOf } from './seal.ts';

const now = () => '2026-05-01T12:00:00.000Z';
const key = 'ab'.repeat(32);
const values = { matomo_url: 'https://m.test.lan/matomo.php', matomo_token_auth: 'secret-token' };

function open(data_dir: string, secret_key: string | null) {
  return openRooms({ data_dir, secret_key, as: 'alone' }, now);
}

/** Keeps a token in a folder, sealed with a key. */
function seal(data_dir: string, secret_key: string | null): void {
  const rooms = open(data_dir, secret_key);
  rooms.settings.put(values, null, null);
  rooms.upkeep.close();
}

/** The values that are kept, or the code of the error. */
function kept(data_dir: string, secret_key: string | null): unknown {
  try {
    const rooms = open(data_dir, secret_key);
    const found = rooms.settings.get().values;
    rooms.upkeep.close();
    return found;
  } catch (error) {
    if (!(error instanceof OpeningError)) throw error;
    expect(error.remedy).not.toBe('');
    return error.code;
  }
}

it('makes a key file at the first start, for nobody else to read', () => {
  const folder = dataFolder();
  seal(folder, null);
  expect(statSync(keyFileOf(folder)).mode & 0o777).toBe(0o600);
  for (const file of ['control.sqlite', 'service.lock']) {
    expect([file, existsSync(join(folder, file))]).toEqual([file, true]);
  }
  expect(statSync(databaseFileOf(folder)).mode & 0o777).toBe(0o600);
  expect(kept(folder, null)).toEqual(values);
});

it('opens with the passphrase it was sealed with, and with no other key', () => {
  const folder = dataFolder();
  seal(folder, 'a passphrase of mine');
  expect(kept(folder, 'a passphrase of mine')).toEqual(values);
  expect(kept(folder, 'a passphrase of yours')).toBe('secret_key_wrong');
  expect(kept(folder, key)).toBe('secret_key_wrong');
  expect(kept(folder, 'short')).toBe('secret_key_unusable');
  expect(kept(folder, null)).toBe('secret_key_missing');
  expect(existsSync(keyFileOf(folder))).toBe(false);
  expect(kept(folder, 'a passphrase of mine')).toEqual(values);
});

it('never makes a new key file where the old one is gone or another', () => {
  const folder = dataFolder();
  seal(folder, null);
  const file = keyFileOf(folder);
  renameSync(file, `${file}.away`);
  expect(kept(folder, null)).toBe('secret_key_missing');
  expect(existsSync(file)).toBe(false);
  writeFileSync(file, Buffer.alloc(32, 1).toString('base64'));
  expect(kept(folder, null)).toBe('secret_key_wrong');
  writeFileSync(file, 'nonsense');
  expect(kept(folder, null)).toBe('secret_key_unusable');
  renameSync(`${file}.away`, file);
  expect(kept(folder, null)).toEqual(values);
});

it('goes on where a rotation was cut off: before it sealed anything', () => {
  const folder = dataFolder();
  seal(folder, null);
  const before = readFileSync(keyFileOf(folder), 'utf8');
  makeNextKey(keyFileOf(folder));
  expect(kept(folder, null)).toEqual(values);
  expect(readFileSync(keyFileOf(folder), 'utf8')).toBe(before);
  expect(existsSync(`${keyFileOf(folder)}.next`)).toBe(false);
});

it('does not open a token for an address that was changed in the database', () => {
  const folder = dataFolder();
  seal(folder, key);
  const { db, release } = openDatabase(folder, 'beside');
  db.prepare('UPDATE settings SET content = ?').run('{"matomo_url":"https://thief.test.lan/"}');
  release();
  expect(() => kept(folder, key)).toThrow('belongs somewhere else');
});

it('says that the folder cannot be used', () => {
  const folder = dataFolder();
  writeFileSync(join(folder, 'file'), '');
  expect(kept(join(folder, 'file'), key)).toBe('data_unusable');
  const text = dataFolder();
  writeFileSync(
    databaseFileOf(text),
    'This is no database, but long enough to look at. '.repeat(99),
  );
  expect(kept(text, key)).toBe('data_unusable');
  rmSync(databaseFileOf(text));
  expect(kept(text, key)).toEqual({});
});
