import { hexDigits } from '../hex.ts';
import type { Network6 } from './material.ts';

/** How many /48s the network has. */
export const sizeOf6 = (network: Network6): number => 2 ** (48 - network.prefix);

/**
 * Text of an address in its canonical form (RFC 5952): lower case, no leading zeros, the longest run of
 * two or more zero groups as `::`, the first of equally long ones. `groups`: eight numbers of 16 bits.
 */
export function ipv6Text(groups: readonly number[]): string {
  let from = 0;
  let length = 1;
  for (let start = 0; start < groups.length; start++) {
    let end = start;
    while (groups[end] === 0) end++;
    if (end - start > length) {
      from = start;
      length = end - start;
    }
  }
  if (length < 2) return textUpTo(writeGroups(groups, 0, groups.length, 0));
  let end = writeGroups(groups, 0, from, 0);
  written[end++] = colon;
  written[end++] = colon;
  return textUpTo(writeGroups(groups, from + length, groups.length, end));
}

/** Where a text is written before it is one; the longest has eight groups of four digits. */
const written = Buffer.alloc(39);
const colon = 0x3a;
const textUpTo = (end: number): string => written.toString('latin1', 0, end);

/** Writes some of the groups with colons between them; where the text ends then. */
function writeGroups(groups: readonly number[], from: number, to: number, start: number): number {
  let end = start;
  for (let at = from; at < to; at++) {
    const group = groups[at] as number;
    if (at > from) written[end++] = colon;
    if (group >= 0x1000) written[end++] = hexDigits[group >>> 12] as number;
    if (group >= 0x100) written[end++] = hexDigits[(group >>> 8) & 15] as number;
    if (group >= 0x10) written[end++] = hexDigits[(group >>> 4) & 15] as number;
    written[end++] = hexDigits[group & 15] as number;
  }
  return end;
}

/** `2a02:1200::/27` of a network. */
export function cidr6Of({ first, prefix }: Network6): string {
  return `${ipv6Text([...groupsOf48(first), 0, 0, 0, 0, 0])}/${prefix}`;
}

/** The three groups of the upper 48 bits. */
export function groupsOf48(upper: number): [number, number, number] {
  return [
    Math.floor(upper / 0x1_0000_0000),
    Math.floor(upper / 0x1_0000) % 0x1_0000,
    upper % 0x1_0000,
  ];
}

/**
 * A network of up to /48 from CIDR notation whose lower half is `::`; RangeError if the text is none or
 * its host bits are not zero.
 */
export function networkOf6(cidr: string): Network6 {
  const [, address = '', length = ''] = /^([0-9a-f:]+)::\/(\d{1,2})$/.exec(cidr) ?? [];
  const parts = address.split(':').map((part) => Number.parseInt(part, 16));
  const [a = 0, b = 0, c = 0] = parts;
  const network = { first: (a * 0x1_0000 + b) * 0x1_0000 + c, prefix: Number(length) };
  const usable = parts.length <= 3 && parts.every((part) => part >= 0 && part <= 0xffff);
  if (!usable || length === '' || network.prefix > 48 || network.first % sizeOf6(network) !== 0) {
    throw new RangeError(`"${cidr}" is not an IPv6 network of up to /48`);
  }
  return network;
}

/** True if two networks share an address. */
export function overlap6(a: Network6, b: Network6): boolean {
  return a.first < b.first + sizeOf6(b) && b.first < a.first + sizeOf6(a);
}
