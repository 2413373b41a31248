import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { VaultError } from '../../ports/vault.ts';
import { AesVault } from './aes-vault.ts';

const vault = new AesVault(Buffer.alloc(32, 7));

it('opens what it sealed, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (plain, context) => {
      expect(vault.open(vault.seal(plain, context), context)).toBe(plain);
    }),
  );
});

it('seals the same text differently each time, and shows nothing of it', () => {
  const sealed = Array.from({ length: 50 }, () => vault.seal('s3cret-token', 'target'));
  expect(new Set(sealed).size).toBe(50);
  for (const text of sealed) expect(text).toMatch(/^v1\.[0-9a-f]{16}\.[\w-]+$/);
  expect(sealed.join()).not.toContain('s3cret');
});

it('opens for the same context only', () => {
  const sealed = vault.seal('token', 'target 3');
  expect(() => vault.open(sealed, 'target 4')).toThrow(VaultError);
});

it('notices every change of one character', () => {
  const sealed = vault.seal('token', 'target');
  for (let at = 0; at < sealed.length; at++) {
    const other = sealed[at] === 'A' ? 'B' : 'A';
    const changed = `${sealed.slice(0, at)}${other}${sealed.slice(at + 1)}`;
    // The last character of base64url may carry unused bits: such a change is none.
    const same = decoded(changed) === decoded(sealed);
    if (same) expect(vault.open(changed, 'target')).toBe('token');
    else expect(() => vault.open(changed, 'target')).toThrow(VaultError);
  }
});

const decoded = (sealed: string): string => {
  const [version, key, text] = sealed.split('.');
  return `${version}.${key}.${Buffer.from(text ?? '', 'base64url').toString('hex')}`;
};

it('says that the key is another one, and names no key bytes', () => {
  const key = randomBytes(32);
  const sealed = new AesVault(key).seal('token', 'target');
  expect(() => vault.open(sealed, 'target')).toThrow(/sealed with the key [0-9a-f]{16}/);
  expect(sealed).not.toContain(key.toString('hex').slice(0, 16));
});

it.each(['', 'plain token', 'v2.aa.bb', 'v1.aa', `v1.${vault.key_id}.AAAA`])(
  'refuses what it did not seal: %j',
  (text) => {
    expect(() => vault.open(text, 'target')).toThrow(VaultError);
  },
);

it('takes keys of 32 bytes only', () => {
  expect(() => new AesVault(Buffer.alloc(16))).toThrow(VaultError);
});
