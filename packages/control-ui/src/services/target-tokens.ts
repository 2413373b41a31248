import { z } from 'zod';
import { sameAddress } from './targets/lending.ts';

const mask = '***';
const target = z.looseObject({ token_auth: z.unknown().optional() });
const list = z.union([z.array(target), z.looseObject({ targets: z.array(target) })]);

type TargetObject = z.output<typeof target>;

/** TARGETS as anybody may see it: its tokens are `***`. A text that is no list of targets is `***` as a whole. */
export function maskedTargets(text: string): string {
  return (
    rewritten(text, (each) => (isGiven(each.token_auth) ? { ...each, token_auth: mask } : each)) ??
    mask
  );
}

/**
 * TARGETS as a client sent it, with the tokens that it left blank or masked taken from what is kept: of those
 * with the same address from the one with the same name, else from the one with the same site. Never from
 * another address. null clears a token.
 */
export function withKeptTokens(given: string, kept: string | null): string {
  const known = kept === null ? [] : targetsIn(kept);
  const find = (each: TargetObject) => {
    const near = known.filter((other) => sameAddress(other.url, each.url));
    return (
      near.find((other) => sameText(other.name, each.name)) ??
      near.find((other) => other.site_id === each.site_id)
    );
  };
  const filled = rewritten(given, (each) => {
    const { token_auth: token, ...rest } = each;
    if (token === null || (isGiven(token) && !/^\*+$/.test(String(token)))) return each;
    const found = find(each)?.token_auth;
    return isGiven(found) ? { ...rest, token_auth: found } : rest;
  });
  return filled ?? given;
}

const isGiven = (token: unknown): boolean =>
  token !== undefined && token !== null && String(token).trim() !== '';

function sameText(a: unknown, b: unknown): boolean {
  if (typeof a !== 'string' || typeof b !== 'string') return false;
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

function targetsIn(text: string): readonly TargetObject[] {
  const read = parsed(text);
  if (read === null) return [];
  return Array.isArray(read) ? read : read.targets;
}

/** The text with each target changed; null when it holds none that can be told. */
function rewritten(text: string, change: (each: TargetObject) => object): string | null {
  const read = parsed(text);
  if (read === null) return null;
  const changed = Array.isArray(read)
    ? read.map(change)
    : { ...read, targets: read.targets.map(change) };
  return JSON.stringify(changed);
}

function parsed(text: string): z.output<typeof list> | null {
  try {
    return list.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
