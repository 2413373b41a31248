/** Sorted, disjoint ranges of addresses (IPv4) or of /48s (IPv6), both ends inclusive. */
import type { Network } from '../../../packages/loader/src/plan/material/material.ts';

export interface Range {
  readonly first: number;
  readonly last: number;
}

/** Sorts ranges and joins those that touch. */
export function joined(ranges: readonly Range[]): Range[] {
  const result: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.first - b.first)) {
    const previous = result.at(-1);
    if (previous !== undefined && range.first <= previous.last + 1) {
      result[result.length - 1] = {
        first: previous.first,
        last: Math.max(previous.last, range.last),
      };
    } else result.push(range);
  }
  return result;
}

/** What two lists of sorted, disjoint ranges have in common. */
export function intersection(a: readonly Range[], b: readonly Range[]): Range[] {
  const result: Range[] = [];
  let i = 0;
  let j = 0;
  for (let x = a[i], y = b[j]; x !== undefined && y !== undefined; x = a[i], y = b[j]) {
    const first = Math.max(x.first, y.first);
    const last = Math.min(x.last, y.last);
    if (first <= last) result.push({ first, last });
    if (x.last < y.last) i += 1;
    else j += 1;
  }
  return result;
}

/** The largest aligned networks that make up a range of `bits` wide numbers, none larger than `/shortest`. */
export function networksIn(range: Range, shortest: number, bits = 32): Network[] {
  const result: Network[] = [];
  for (let first = range.first; first <= range.last; ) {
    let prefix = shortest;
    while (first % 2 ** (bits - prefix) !== 0 || first + 2 ** (bits - prefix) - 1 > range.last)
      prefix += 1;
    result.push({ first, prefix });
    first += 2 ** (bits - prefix);
  }
  return result;
}
