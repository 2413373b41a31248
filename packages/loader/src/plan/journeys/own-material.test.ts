import { describe, expect, it } from 'vitest';
import { builtinMaterial } from '../material/builtin.ts';
import { encoded } from '../material/material.ts';
import { withOwnMaterial } from './own-material.ts';

const builtin = builtinMaterial();

describe('material of a plugin', () => {
  it('takes the place of the lists that are returned, and of no others', () => {
    const own = withOwnMaterial(builtin, ({ searches, products }) => ({
      searches: [...searches, { keyword: 'own words', category: null }],
      outlinks: ['https://partner.example'],
      products: products.slice(0, 3),
    }));
    expect(own.search_terms).toHaveLength(builtin.search_terms.length + 1);
    expect(own.search_terms.at(-1)).toEqual({ keyword: encoded('own words'), category: null });
    expect(own.outlinks.map(({ raw }) => raw)).toEqual(['https://partner.example/']);
    expect(own.products).toEqual(builtin.products.slice(0, 3));
    expect(own.pages).toBe(builtin.pages);
    expect(own.click_events).toBe(builtin.click_events);
  });

  it('keeps the pages that it was shown, each once, with their weights', () => {
    const material = { ...builtin, page_weights: builtin.pages.map((_, at) => at) };
    const own = withOwnMaterial(material, ({ pages }) => ({
      pages: [pages[7]!, { url: '/new', title: 'New' }, pages[7]!, pages[3]!],
    }));
    expect(own.pages[0]).toBe(builtin.pages[7]);
    expect(own.pages.map(({ url }) => url.raw)).toEqual([
      builtin.pages[7]?.url.raw,
      'https://shop.example.test/new',
      builtin.pages[3]?.url.raw,
    ]);
    expect(own.page_weights).toEqual([7, 1, 3]);
  });

  it('goes before an events file', () => {
    const list = { events: [], weights: [] };
    const own_events = {
      click: list,
      random: list,
      click_probability: 0.1,
      random_probability: null,
    };
    const own = withOwnMaterial({ ...builtin, own_events }, () => ({
      click_events: [{ category: 'a', action: 'b' }],
    }));
    expect(own.own_events).toEqual({ ...own_events, click: null });
    expect(own.click_events).toEqual([
      { category: encoded('a'), action: encoded('b'), name: null, value: null },
    ]);
  });

  it.each<[string, unknown, RegExp]>([
    ['no object', 7, /material must be an object/],
    ['an empty list', { products: [] }, /products is an empty list/],
    ['what there is not', { devices: [] }, /devices is no field/],
    [
      'free products',
      { products: [{ sku: 'a', name: 'a', category: 'a', price_minor: 0 }] },
      /free/,
    ],
    ['pages that are searches', { pages: [{ url: '/?q=1', title: 'x' }] }, /reads a search/],
  ])('is refused when it is %s', (_, answer, message) => {
    expect(() => withOwnMaterial(builtin, () => answer as object)).toThrow(message);
  });

  it('cannot change what it is shown', () => {
    expect(() =>
      withOwnMaterial(builtin, ({ pages }) => {
        (pages as unknown[]).push({});
        return {};
      }),
    ).toThrow(TypeError);
  });
});
