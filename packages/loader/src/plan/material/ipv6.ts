import type { Network6 } from './material.ts';

/** How many /48s the network has. */
export const sizeOf6 = (network: Network6): number => 2 ** (48 - network.prefix);

/**
 * Text of an address in its canonical form (RFC 5952): lower case, no leading zeros, the longest run of
 * two or more zero groups as `::`, the first of equally long ones. `groups`: eight numbers of 16 bits.
 */
export function ipv6Text(groups: readonly number[]): string {
  const texts = groups.map((group) => group.toString(16));
  let [from, length] = [0, 1];
  for (let start = 0; start < texts.length; start++) {
    let end = start;
    while (texts[end] === '0') end++;
    if (end - start > length) [from, length] = [start, end - start];
  }
  if (length < 2) return texts.join(':');
  return `${texts.slice(0, from).join(':')}::${texts.slice(from + length).join(':')}`;
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
