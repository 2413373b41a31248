import { findTrap, parseUrlsFile } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { builtinMaterial } from './builtin.ts';
import type { Encoded } from './material.ts';

const material = builtinMaterial();
const { referrers } = material;
const allReferrers = [...referrers.search, ...referrers.social, ...referrers.website];
const distinct = (texts: readonly string[]) => new Set(texts).size;
const raws = (texts: readonly Encoded[]) => texts.map((text) => text.raw);

/** Every Encoded anywhere in a value. */
function encodedIn(value: unknown): Encoded[] {
  if (Array.isArray(value)) return value.flatMap(encodedIn);
  if (typeof value !== 'object' || value === null) return [];
  if ('raw' in value && 'encoded' in value) return [value as Encoded];
  return Object.values(value).flatMap(encodedIn);
}

describe('the built-in material', () => {
  it('is made once', () => {
    expect(builtinMaterial()).toBe(material);
  });

  it('has the promised counts', () => {
    expect({
      pages: material.pages.length,
      search_terms: material.search_terms.length,
      outlinks: material.outlinks.length,
      downloads: material.downloads.length,
      click_events: material.click_events.length,
      random_events: material.random_events.length,
      products: material.products.length,
    }).toEqual({
      pages: 2000,
      search_terms: 40,
      outlinks: 25,
      downloads: 20,
      click_events: 16,
      random_events: 16,
      products: 50,
    });
  });

  it('is percent-encoded rightly throughout', () => {
    const texts = encodedIn(material);
    expect(texts.length).toBeGreaterThan(4200);
    for (const { raw, encoded } of texts) {
      expect(decodeURIComponent(encoded)).toBe(raw);
      expect(encoded).toMatch(/^[A-Za-z0-9\-_.!~*'()%]+$/);
      expect(raw).toBe(raw.trim());
    }
  });

  it('says nothing twice', () => {
    expect(distinct(raws(material.pages.map((page) => page.url)))).toBe(2000);
    expect(distinct(raws(material.pages.map((page) => page.title)))).toBe(2000);
    expect(distinct(raws(material.search_terms.map((term) => term.keyword)))).toBe(40);
    expect(distinct(raws(material.outlinks))).toBe(25);
    expect(distinct(material.downloads)).toBe(20);
    for (const events of [material.click_events, material.random_events]) {
      expect(distinct(events.map((event) => raws(encodedIn(event)).join('\n')))).toBe(16);
    }
    expect(distinct(material.products.map((product) => product.sku))).toBe(50);
    expect(distinct(material.products.map((product) => product.name))).toBe(50);
    expect(distinct(raws(allReferrers.map((source) => source.url)))).toBe(allReferrers.length);
  });
});

describe('the built-in site', () => {
  it('is 10 categories × 5 subcategories × 40 pages on one host', () => {
    const folders = new Map<string, number>();
    for (const { url } of material.pages) {
      expect(url.raw).toMatch(/^https:\/\/shop\.example\.test(\/[a-z0-9]+(-[a-z0-9]+)*){3}$/);
      const folder = url.raw.split('/').slice(3, 5).join('/');
      folders.set(folder, (folders.get(folder) ?? 0) + 1);
    }
    expect(folders.size).toBe(50);
    expect(new Set(folders.values())).toEqual(new Set([40]));
    const categories = new Set([...folders.keys()].map((folder) => folder.split('/')[0]));
    expect([...categories].join(' ')).toBe(
      'products blog support company resources news services solutions documentation community',
    );
  });

  it('has titles for people', () => {
    for (const { title } of material.pages) {
      expect(title.raw).toMatch(/^\p{Lu}.+ – .+ \| Example Shop$/u);
      expect(title.raw).not.toMatch(/[{}]|undefined/);
      expect(title.raw.length).toBeLessThan(100);
    }
    expect(material.pages[34]).toMatchObject({
      url: { raw: 'https://shop.example.test/products/electronics/fitness-watches-buying-guide' },
      title: { raw: 'Fitness watches: buying guide – Electronics | Example Shop' },
    });
  });

  it('holds no URL that Matomo would take for a search or a campaign', () => {
    const urls = [
      ...raws(material.pages.map((page) => page.url)),
      ...raws(material.outlinks),
      ...raws(allReferrers.map((source) => source.url)),
      ...material.downloads.map((path) => `https://shop.example.test${path}`),
    ];
    expect(urls.filter((url) => findTrap(new URL(url)) !== null)).toEqual([]);
  });
});

describe('the built-in site', () => {
  it('as a URL file is read back as it is', () => {
    const pages = material.pages.map(({ url, title }) => ({ url: url.raw, title: title.raw }));
    const text = pages.map(({ url, title }) => `${url}\t${title}`).join('\n');
    expect(parseUrlsFile(text)).toEqual({ pages, weights: null, problems: [], duplicates: 0 });
  });
});

describe('words', () => {
  it('link to home pages and to files of all the usual kinds', () => {
    for (const url of raws(material.outlinks)) expect(url).toMatch(/^https:\/\/[a-z0-9.-]+\/$/);
    for (const path of material.downloads) expect(path).toMatch(/^\/[a-z0-9/-]+\.[a-z.]+$/);
    const kinds = material.downloads.map((path) => path.slice(path.indexOf('.') + 1));
    expect([...new Set(kinds)].sort().join(' ')).toBe(
      'apk csv docx exe json pdf pptx tar.gz xlsx zip',
    );
  });

  it('have events of the known categories', () => {
    const tally = (events: typeof material.click_events) => {
      const groups = Map.groupBy(events, (event) => event.category.raw);
      return Object.fromEntries([...groups].map(([name, members]) => [name, members.length]));
    };
    expect(tally(material.click_events)).toEqual({
      Navigation: 3,
      UI: 4,
      Social: 3,
      Form: 2,
      Video: 2,
      CTA: 2,
    });
    expect(tally(material.random_events)).toEqual({
      Engagement: 2,
      Performance: 1,
      Error: 2,
      Feature: 3,
      Content: 2,
      Mobile: 2,
      Analytics: 2,
      User: 2,
    });
    expect(material.click_events.every((event) => event.value === null)).toBe(true);
    const values = material.random_events.flatMap((event) => event.value ?? []);
    expect(values.toSorted((a, b) => a - b)).toEqual([1, 50, 100, 300, 1200]);
  });

  it('search in the known categories', () => {
    const categories = material.search_terms.flatMap((term) => term.category?.raw ?? []);
    expect([...new Set(categories)].sort()).toEqual(['Documentation', 'Products', 'Support']);
  });
});

describe('products', () => {
  it('are ten in each of five categories, priced from 799 to 129999', () => {
    const groups = Map.groupBy(material.products, (product) => product.category);
    expect([...groups.keys()]).toEqual([
      'Electronics',
      'Clothing',
      'Books',
      'Home & Garden',
      'Sports',
    ]);
    expect([...groups.values()].map((group) => group.length)).toEqual([10, 10, 10, 10, 10]);
    const prices = material.products.map((product) => product.price_minor);
    expect(prices.every(Number.isInteger)).toBe(true);
    expect([Math.min(...prices), Math.max(...prices)]).toEqual([799, 129999]);
    expect(prices.filter((price) => price > 29999)).toHaveLength(5);
    expect(prices.filter((price) => price < 2000).length).toBeGreaterThanOrEqual(12);
  });
});
