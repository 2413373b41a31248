import type { Network } from './material.ts';

/** The number of addresses in a network. */
export function sizeOf(network: Network): number {
  return 2 ** (32 - network.prefix);
}

/** Dotted text of an unsigned 32-bit address. */
export function dotted(address: number): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}

/** Unsigned 32-bit number of a dotted address; RangeError if it is none. */
export function addressOf(text: string): number {
  const parts = text.split('.');
  const bytes = parts.map(Number);
  if (
    parts.length !== 4 ||
    !parts.every((part) => /^\d{1,3}$/.test(part)) ||
    Math.max(...bytes) > 255
  ) {
    throw new RangeError(`"${text}" is not an IPv4 address`);
  }
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

/** A network from CIDR notation; RangeError if the text is no network or its host bits are not zero. */
export function networkOf(cidr: string): Network {
  const [address = '', length = ''] = cidr.split('/');
  const network = { first: addressOf(address), prefix: Number(length) };
  if (!/^\d{1,2}$/.test(length) || network.prefix > 32 || network.first % sizeOf(network) !== 0) {
    throw new RangeError(`"${cidr}" is not an IPv4 network`);
  }
  return network;
}

/** True if two networks share an address. */
export function overlaps(a: Network, b: Network): boolean {
  return a.first < b.first + sizeOf(b) && b.first < a.first + sizeOf(a);
}
