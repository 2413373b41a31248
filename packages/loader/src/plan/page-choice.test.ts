import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chiSquare, chiSquareLimit } from '../testing/statistics.ts';
import { Draws } from './draw.ts';
import { encoded, type Page } from './material/material.ts';
import { compilePages } from './page-choice.ts';

const pagesOf = (count: number): Page[] =>
  Array.from({ length: count }, (_, n) => ({
    url: encoded(`https://shop.example/${n}`),
    title: encoded(`Page ${n}`),
  }));

describe('pages with weights', () => {
  const weights = [40, 30, 15, 10, 4, 1];
  const pages = pagesOf(weights.length);
  const choose = compilePages({ pages, page_weights: weights });
  const chosen = Array.from({ length: 20_000 }, (_, visit) => choose(new Draws(8, visit), 5));
  const countsOf = (some: readonly (Page | undefined)[]): number[] =>
    pages.map((page) => some.filter((each) => each === page).length);
  const shares = weights.map((weight) => weight / 100);

  it.each<[string, (views: readonly Page[]) => readonly (Page | undefined)[]]>([
    ['all views', (views) => views],
    ['the first views', (views) => views.slice(0, 1)],
  ])('are as popular as the weights say: %s', (_, some) => {
    const counts = countsOf(chosen.flatMap(some));
    expect(chiSquare(counts, shares)).toBeLessThan(chiSquareLimit(weights.length - 1));
  });

  it('come twice in a row only where a visit drew nothing else in between', () => {
    for (const views of chosen) {
      for (const [n, page] of views.entries()) {
        if (n > 0 && page === views[n - 1]) {
          expect(views.slice(n).every((later) => later === page)).toBe(true);
        }
      }
    }
  });

  it('may all be one', () => {
    const one = compilePages({ pages: pagesOf(1), page_weights: [5] });
    expect(one(new Draws(1, 1), 3)).toHaveLength(3);
  });

  it('keep what was drawn, whatever the weights', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.001, max: 1_000, noNaN: true }), {
          minLength: 2,
          maxLength: 8,
        }),
        fc.nat(1_000_000),
        fc.integer({ min: 1, max: 12 }),
        (some, visit, count) => {
          const all = pagesOf(some.length);
          const views = compilePages({ pages: all, page_weights: some })(
            new Draws(3, visit),
            count,
          );
          expect(views).toHaveLength(count);
          expect(views.every((page) => all.includes(page))).toBe(true);
        },
      ),
    );
  });
});
