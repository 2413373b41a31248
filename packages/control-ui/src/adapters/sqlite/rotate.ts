import { OpeningError } from '../../ports/store/opening.ts';
import { AesVault } from '../vault/aes-vault.ts';
import { adoptNextKey, makeNextKey } from '../vault/key-file.ts';
import { keyBytesOf, newSalt, readSecretKey } from '../vault/secret-key.ts';
import { openDatabase } from './database.ts';
import { keyFileOf, rememberKey, vaultOf } from './seal.ts';
import { Secrets } from './secrets.ts';

/** What a rotation did. */
export interface Rotation {
  /** So many secrets are sealed with the new key. */
  readonly secrets: number;
  readonly old_key_id: string;
  readonly new_key_id: string;
}

/**
 * Seals all secrets of a data directory with another key, in one transaction: whenever it is cut off, everything
 * opens with the old key or everything with the new one. `secret_key` and `next` are texts of SECRET_KEY; null is
 * the key file, which gets a new random key. @throws OpeningError; the service must not run
 */
export function rotateSecret(
  data_dir: string,
  secret_key: string | null,
  next: string | null,
): Rotation {
  const { db, release } = openDatabase(data_dir, 'alone');
  const file = keyFileOf(data_dir);
  try {
    const before = vaultOf(db, data_dir, secret_key);
    const salt = newSalt();
    const after = new AesVault(
      next === null ? makeNextKey(file) : keyBytesOf(readSecretKey(next), salt),
    );
    if (after.key_id === before.key_id) throw sameKey();
    let secrets = 0;
    db.transaction(() => {
      secrets = new Secrets(db, before).reseal(after);
      rememberKey(db, after, next === null ? null : salt);
    }).exclusive();
    if (next === null) adoptNextKey(file);
    // What was sealed with the old key is overwritten in the database, and is not to stay in its log.
    db.pragma('wal_checkpoint(TRUNCATE)');
    return { secrets, old_key_id: before.key_id, new_key_id: after.key_id };
  } finally {
    release();
  }
}

/**
 * Gives a data directory whose key is lost another one. All that was sealed is removed; everything else stays.
 * Returns how many secrets there were. @throws OpeningError; the service must not run
 */
export function forgetSecrets(data_dir: string, next: string | null): number {
  const { db, release } = openDatabase(data_dir, 'alone');
  const file = keyFileOf(data_dir);
  try {
    const salt = newSalt();
    const after = new AesVault(
      next === null ? makeNextKey(file) : keyBytesOf(readSecretKey(next), salt),
    );
    let secrets = 0;
    db.transaction(() => {
      // An answer that is kept for a repeated request is nothing without its body.
      db.exec('DELETE FROM replays');
      secrets = db.prepare('DELETE FROM secrets').run().changes;
      rememberKey(db, after, next === null ? null : salt);
    }).exclusive();
    if (next === null) adoptNextKey(file);
    db.pragma('wal_checkpoint(TRUNCATE)');
    return secrets;
  } finally {
    release();
  }
}

function sameKey(): OpeningError {
  return new OpeningError(
    'secret_key_unusable',
    'The new key is the old one.',
    'Make another one with `openssl rand -base64 32`.',
  );
}
