import { randomBytes, scryptSync } from 'node:crypto';
import { OpeningError } from '../../ports/store/opening.ts';

/** What the operator gave: a key, or a passphrase that a key is made from. */
export type SecretKey =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'passphrase'; readonly text: string };

const shortestPassphrase = 16;

/**
 * Reads SECRET_KEY: 32 bytes in hexadecimal (64 digits) or base64 (43 characters, with or without `=`, either
 * alphabet), or a passphrase of 16 characters or more.
 * @throws OpeningError `secret_key_unusable`; its message does not show the text.
 */
export function readSecretKey(text: string): SecretKey {
  const given = text.trim();
  if (/^[0-9a-f]{64}$/i.test(given)) return { kind: 'bytes', bytes: Buffer.from(given, 'hex') };
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(given)) {
    return { kind: 'bytes', bytes: Buffer.from(given, 'base64') };
  }
  if ([...given].length < shortestPassphrase) {
    throw unusable(`has fewer than ${shortestPassphrase} characters`);
  }
  if (new Set(given).size < 5) throw unusable('is the same few characters again and again');
  return { kind: 'passphrase', text: given };
}

function unusable(why: string): OpeningError {
  return new OpeningError(
    'secret_key_unusable',
    `SECRET_KEY ${why}.`,
    'Make one with `openssl rand -base64 32`.',
  );
}

const saltBytes = 16;
export const newSalt = (): Buffer => randomBytes(saltBytes);

/** OWASP's first choice for scrypt: 128 MiB, and about half a second of one core. */
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 2 ** 20 };

/** The 32 bytes of a key; a passphrase needs the salt that was kept beside what it seals. */
export function keyBytesOf(key: SecretKey, salt: Uint8Array): Uint8Array {
  if (key.kind === 'bytes') return key.bytes;
  return scryptSync(key.text.normalize('NFC'), salt, 32, cost);
}
