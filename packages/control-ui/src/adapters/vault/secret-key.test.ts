import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { OpeningError } from '../../ports/store/opening.ts';
import { keyBytesOf, readSecretKey } from './secret-key.ts';

const bytes = randomBytes(32);
const none = Buffer.alloc(0);

it.each(['hex', 'base64', 'base64url'] as const)('reads 32 bytes in %s', (encoding) => {
  const read = readSecretKey(` ${bytes.toString(encoding)}\n`);
  expect(read.kind).toBe('bytes');
  expect(Buffer.from(keyBytesOf(read, none))).toEqual(bytes);
});

it('makes the same key of a passphrase and a salt each time, another one of another salt', () => {
  const key = readSecretKey('correct horse battery staple');
  expect(key.kind).toBe('passphrase');
  const [salt, other] = [Buffer.alloc(16, 1), Buffer.alloc(16, 2)];
  const made = keyBytesOf(key, salt);
  expect(made).toHaveLength(32);
  expect(keyBytesOf(key, salt)).toEqual(made);
  expect(keyBytesOf(key, other)).not.toEqual(made);
});

it.each(['', 'too short', 'aaaaaaaaaaaaaaaaaaaaaaaa', 'abababababababababab'])(
  'refuses %j and does not repeat it',
  (text) => {
    const refuse = () => readSecretKey(text);
    expect(refuse).toThrow(OpeningError);
    if (text !== '') expect(refuse).not.toThrow(text);
  },
);
