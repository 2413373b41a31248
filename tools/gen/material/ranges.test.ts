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

  it('fall into aligned networks without gap or overlap', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.nat(0xffff), (first, more) => {
        const last = Math.min(first + more, 0xffffffff);
        let next = first;
        for (const network of networksIn({ first, last }, 12)) {
          expect(network.first).toBe(next);
          expect(network.prefix).toBeGreaterThanOrEqual(12);
          expect(network.first % 2 ** (32 - network.prefix)).toBe(0);
          next += 2 ** (32 - network.prefix);
        }
        expect(next).toBe(last + 1);
      }),
    );
  });
});
