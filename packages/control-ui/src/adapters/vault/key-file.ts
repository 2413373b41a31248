import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { OpeningError } from '../../ports/store/opening.ts';

/** Where a new key lies until everything is sealed with it. */
const nextOf = (path: string): string => `${path}.next`;

/**
 * The keys in a key file and in the one that a rotation left beside it when it was cut off; null where there is
 * none. @throws OpeningError when the first is there and unusable.
 */
export function readKeyFiles(path: string): {
  readonly current: Uint8Array | null;
  readonly next: Uint8Array | null;
} {
  const text = textOf(path);
  const current = text === null ? null : keyOf(text);
  if (text !== null && current === null) throw unusable(path, 'does not hold 32 bytes in base64');
  const next = textOf(nextOf(path));
  return { current, next: next === null ? null : keyOf(next) };
}

/** Makes a random key and keeps it at `path` (mode 0600), where there is none yet; durable on return. */
export function makeKeyFile(path: string): Uint8Array {
  const key = makeNextKey(path);
  adoptNextKey(path);
  return key;
}

/** Makes a random key beside the one at `path`, to become it with `adoptNextKey`. */
export function makeNextKey(path: string): Uint8Array {
  rmSync(nextOf(path), { force: true });
  return writeKey(nextOf(path));
}

/** The next key becomes the key. */
export function adoptNextKey(path: string): void {
  renameSync(nextOf(path), path);
  syncFolder(path);
}

/** A rotation that was cut off before it sealed anything left a key that seals nothing. */
export function dropNextKey(path: string): void {
  rmSync(nextOf(path), { force: true });
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    throw unusable(path, `cannot be read (${code})`);
  }
}

function keyOf(text: string): Uint8Array | null {
  const key = Buffer.from(text.trim(), 'base64');
  return key.length === 32 ? key : null;
}

function writeKey(path: string): Uint8Array {
  const key = randomBytes(32);
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, `${key.toString('base64')}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  syncFolder(path);
  return key;
}

/** A name is durable when its folder is. */
function syncFolder(path: string): void {
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function unusable(path: string, why: string): OpeningError {
  return new OpeningError(
    'secret_key_unusable',
    `The key file ${path} ${why}.`,
    'Put the file back from where you keep a copy of it, and check who may read it.',
  );
}
