import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Weighted, weightedAt } from './weighted.ts';

const own = (weight: number) => weight;

describe('a weighted list', () => {
  it('gives each item the part of [0, 1) that its weight asks for', () => {
    const list = new Weighted(['a', 'b', 'c'], (item) => ({ a: 1, b: 0, c: 3 })[item] ?? 0);
    expect([0, 0.2499, 0.25, 0.9999999].map((u) => list.at(u))).toEqual(['a', 'a', 'c', 'c']);
  });

  it('agrees with a walk along the weights, and never gives what weighs nothing', () => {
    const weight = fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1e6, noNaN: true }));
    const u = fc.integer({ min: 0, max: 2 ** 32 - 1 }).map((bits) => bits / 2 ** 32);
    fc.assert(
      fc.property(fc.array(weight, { minLength: 1, maxLength: 60 }), u, (weights, at) => {
        const sum = weights.reduce((a, b) => a + b, 0);
        fc.pre(sum > 0);
        const items = weights.map((w, n) => ({ w, n }));
        const found = new Weighted(items, (item) => item.w).at(at);
        expect(found.w).toBeGreaterThan(0);
        const before = weights.slice(0, found.n).reduce((a, b) => a + b, 0);
        expect(at * sum).toBeGreaterThanOrEqual(before - sum * 1e-9);
        expect(at * sum).toBeLessThanOrEqual(before + found.w + sum * 1e-9);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('refuses a list in which nothing can be drawn', () => {
    expect(() => new Weighted([], own)).toThrow(RangeError);
    expect(() => new Weighted([0, 0], own)).toThrow(/weight above 0/);
    expect(() => new Weighted([Number.NaN], own)).toThrow(RangeError);
  });
});

it('draws once as it draws from a list that is kept', () => {
  const items = [
    { name: 'a', weight: 3 },
    { name: 'none', weight: 0 },
    { name: 'b', weight: 0.1 },
    { name: 'c', weight: 7 },
  ];
  const weightOf = ({ weight }: { readonly weight: number }) => weight;
  const kept = new Weighted(items, weightOf);
  for (let n = 0; n < 10_000; n++) {
    const u = n / 10_000;
    expect(weightedAt(items, weightOf, u)).toBe(kept.at(u));
  }
  expect(() => weightedAt([{ weight: 0 }], weightOf, 0.5)).toThrow(RangeError);
});
