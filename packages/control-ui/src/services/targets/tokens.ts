import type { Target } from '@trafficinator/contract';
import { sameAddress } from './lending.ts';
import { isMask } from './masks.ts';
import type { WrittenTarget } from './target-list.ts';

/**
 * Puts the stored token to a target that brings none: that of the target with the same name (`name`: what it
 * was called before) and address, else of the one with the same address and site. Never one of another
 * address. null clears it.
 */
export function withToken(
  written: WrittenTarget,
  name: unknown,
  kept: readonly Target[],
): { readonly target: WrittenTarget; readonly dropped: boolean } {
  const { token_auth, ...others } = written;
  const brings = token_auth !== undefined && token_auth !== '' && !isMask(token_auth);
  if (brings) return { target: token_auth === null ? others : written, dropped: false };
  const near = kept.filter((each) => sameAddress(each.url, written.url));
  const before =
    near.find((each) => isName(each.name, name)) ??
    near.find((each) => each.site_id === written.site_id);
  const stored = before?.token_auth ?? null;
  if (stored !== null) return { target: { ...others, token_auth: stored }, dropped: false };
  const left = kept.find((each) => isName(each.name, name));
  return { target: others, dropped: (left?.token_auth ?? null) !== null };
}

/** Names are compared as the loader does. */
export function isName(a: unknown, b: unknown): boolean {
  return typeof a === 'string' && typeof b === 'string' && plain(a) === plain(b);
}

const plain = (name: string): string => name.trim().toLowerCase();
