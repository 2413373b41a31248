import { randomBytes } from 'node:crypto';
import { ConfigError } from '../config.ts';
import type { Access } from '../ports/store/access.ts';
import { digestOf } from './gate.ts';

/** The name of the key that the environment gives (CONTROL_UI_API_KEY). */
const environmentKey = 'environment';
/** The name of the key that is made when there is none at all. */
const firstKey = 'first';

/** A new key: `trf_` and 256 random bits in base64url, 43 characters. */
export const newKey = (): string => `trf_${randomBytes(32).toString('base64url')}`;

const shortest = 16;

/** Keys that stand in example files and manuals. */
const published = new Set([
  'change-me-in-production',
  'your-secret-api-key-change-this',
  'your-secret-api-key-here',
  'your-api-key-here',
]);
const guessedFirst =
  /^(my|your|the|a|an|test|demo|example|sample|default|dev|secret|super|admin|root|user|api|key|token|password|passw0rd|change|changeme|change-?it|me|this|in|production|here|please|letmein|welcome|qwerty|asdf|matomo|trafficinator|trf|[0-9]+|[-_. !])+$/i;

/** Why a key that somebody thought up is not to be used, after the word “it”; null: nothing is known against it. */
export function weaknessOf(key: string): string | null {
  if (published.has(key.toLowerCase())) return 'is printed in manuals, so everybody knows it';
  if ([...key].length < shortest) return `has fewer than ${shortest} characters`;
  if (!/^[\x21-\x7e]+$/.test(key)) {
    return 'has characters that cannot be sent in a header: use letters, digits and signs of ASCII';
  }
  if (new Set(key.toLowerCase()).size < 6) return 'is the same few characters again and again';
  if (guessedFirst.test(key)) return 'is made of words that are guessed first';
  return null;
}

/** What the service says about keys when it starts. */
export type KeysAtStart =
  /** There are keys already. */
  | { readonly kind: 'kept' }
  /** The one of the environment works. */
  | { readonly kind: 'given' }
  /** There was none: this one was made, and is shown this once. */
  | { readonly kind: 'made'; readonly key: string };

/**
 * Sees to it that there is a key. The one of the environment (`given`) becomes an operator's key and replaces
 * the one that it gave before; one that it gives no more is revoked. @throws ConfigError when it is weak
 */
export async function keysAtStart(access: Access, given: string | null): Promise<KeysAtStart> {
  const weakness = given === null ? null : weaknessOf(given);
  if (weakness !== null) {
    throw new ConfigError([
      `CONTROL_UI_API_KEY ${weakness}. Make one with \`openssl rand -hex 32\`, or leave it out: then the service makes one at its first start.`,
    ]);
  }
  const active = (await access.keys()).filter(({ revoked_at }) => revoked_at === null);
  const before = active.find(({ name }) => name === environmentKey);
  const same = given === null ? null : await access.keyByHash(digestOf(given));
  if (before !== undefined && before.id !== same?.id) await access.revokeKey(environmentKey);
  if (given !== null) {
    if (same === null) await access.addKey(environmentKey, 'operator', digestOf(given));
    return { kind: 'given' };
  }
  if (active.some(({ name }) => name !== environmentKey)) return { kind: 'kept' };
  const key = newKey();
  await access.addKey(firstKey, 'operator', digestOf(key));
  return { kind: 'made', key };
}
