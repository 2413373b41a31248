import { join } from 'node:path';
import { z } from 'zod';
import { OpeningError } from '../../ports/store/opening.ts';
import { AesVault } from '../vault/aes-vault.ts';
import { adoptNextKey, dropNextKey, makeKeyFile, readKeyFiles } from '../vault/key-file.ts';
import { keyBytesOf, newSalt, readSecretKey } from '../vault/secret-key.ts';
import type { Database } from './connection.ts';

export const keyFileOf = (data_dir: string): string => join(data_dir, 'secret.key');

const sealRow = z.object({ key_id: z.string().nullable(), salt: z.instanceof(Buffer).nullable() });

/**
 * The vault of a database: its key is made of `secret_key`, or is that of the key file, which is made where the
 * database has no key yet. @throws OpeningError when it is not the key that the database was sealed with.
 */
export function vaultOf(db: Database, data_dir: string, secret_key: string | null): AesVault {
  const { key_id, salt } = sealRow.parse(db.prepare('SELECT key_id, salt FROM service').get());
  if (secret_key === null) return vaultOfFile(db, keyFileOf(data_dir), key_id);
  const used = salt ?? newSalt();
  const vault = new AesVault(keyBytesOf(readSecretKey(secret_key), used));
  if (key_id === null) rememberKey(db, vault, used);
  else if (vault.key_id !== key_id) throw wrongKey(key_id, 'SECRET_KEY is');
  return vault;
}

/** Which key the database is sealed with from now on. */
export function rememberKey(db: Database, vault: AesVault, salt: Uint8Array | null): void {
  db.prepare('UPDATE service SET key_id = ?, salt = ?').run(vault.key_id, salt);
}

function vaultOfFile(db: Database, path: string, key_id: string | null): AesVault {
  const { current, next } = readKeyFiles(path);
  if (key_id === null) {
    const vault = new AesVault(current ?? makeKeyFile(path));
    rememberKey(db, vault, null);
    return vault;
  }
  const [now, later] = [current, next].map((key) => (key === null ? null : new AesVault(key)));
  if (now?.key_id === key_id) {
    dropNextKey(path);
    return now;
  }
  if (later?.key_id === key_id) {
    adoptNextKey(path);
    return later;
  }
  if (now) throw wrongKey(key_id, `${path} holds`);
  throw new OpeningError(
    'secret_key_missing',
    `The key file ${path} is gone, and there are tokens that were sealed with it (key ${key_id}).`,
    'Put it back from where you keep a copy; if SECRET_KEY was used before, set it again. If it is lost, rotate-secret --forget-tokens keeps everything but the tokens.',
  );
}

function wrongKey(key_id: string, what: string): OpeningError {
  return new OpeningError(
    'secret_key_wrong',
    `${what} another key than the one that the tokens were sealed with (key ${key_id}); nothing was changed.`,
    'Give the key from before. To change it, stop the service and run the command rotate-secret.',
  );
}
