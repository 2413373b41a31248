import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intersection, joined, networksIn, type Range } from './ranges.ts';

const ranges = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 9 }))
    .map(([first, more]) => ({ first, last: first + more })),
);

function members(list: readonly Range[]): Set<number> {
  return new Set(
    list.flatMap(({ first, last }) =>
      Array.from({ length: last - first + 1 }, (_, at) => first + at),
    ),
  );
}

describe('ranges', () => {
  it('joined, are sorted, apart and of the same members', () => {
    fc.assert(
      fc.property(ranges, (list) => {
        const result = joined(list);
        expect(members(result)).toEqual(new Set([...members(list)].sort((a, b) => a - b)));
        result.slice(1).forEach((range, at) => {
          expect(range.first).toBeGreaterThan((result[at]?.last ?? 0) + 1);
        });
      }),
    );
  });

  it('have in common what both have', () => {
    fc.assert(
      fc.property(ranges, ranges, (a, b) => {
        const others = members(b);
        const both = [...members(a)].filter((member) => others.has(member));
        expect(members(intersection(joined(a), joined(b)))).toEqual(new Set(both));
      }),
    );
  });

  it.each([
    [32, 12],
    [48, 24],
  ])('of %i bits fall into aligned networks without gap or overlap', (bits, largest) => {
    const highest = 2 ** bits - 1;
    const firsts = fc.maxSafeNat().map((n) => n % 2 ** bits);
    fc.assert(
      fc.property(firsts, fc.nat(0xffff), (first, more) => {
        const last = Math.min(first + more, highest);
        let next = first;
        for (const network of networksIn({ first, last }, largest, bits)) {
          expect(network.first).toBe(next);
          expect(network.prefix).toBeGreaterThanOrEqual(largest);
          expect(network.first % 2 ** (bits - network.prefix)).toBe(0);
          next += 2 ** (bits - network.prefix);
        }
        expect(next).toBe(last + 1);
      }),
    );
  });
});
