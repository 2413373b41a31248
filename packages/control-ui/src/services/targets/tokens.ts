import type { Target } from '@trafficinator/contract';
import { isMask } from '../fleet/settings-in-force.ts';
import { sameAddress } from './lending.ts';
import type { WrittenTarget } from './target-list.ts';

/**
 * Puts stored tokens to targets that bring none. A token belongs to a name and an address: it is never lent
 * to another one. `name` is what the target was called before.
 */
export function withToken(
  written: WrittenTarget,
  name: unknown,
  kept: readonly Target[],
): { readonly target: WrittenTarget; readonly dropped: boolean } {
  const { token_auth, ...others } = written;
  const brings = token_auth !== undefined && token_auth !== '' && !isMask(token_auth);
  if (brings) return { target: token_auth === null ? others : written, dropped: false };
  const before = kept.find((each) => isName(each.name, name));
  if (before === undefined || before.token_auth === null) return { target: others, dropped: false };
  if (!sameAddress(before.url, written.url)) return { target: others, dropped: true };
  return { target: { ...others, token_auth: before.token_auth }, dropped: false };
}

/** Names are compared as the loader does. */
export function isName(a: unknown, b: unknown): boolean {
  return typeof a === 'string' && typeof b === 'string' && plain(a) === plain(b);
}

const plain = (name: string): string => name.trim().toLowerCase();
