import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineOfAddress } from './line-of-address.ts';
import { UrlAnalysis } from './url-analysis.ts';

const none: ReadonlySet<string> = new Set();
const list = [
  'https://a.test/\tHome\t4',
  'https://a.test/shop/one\tOne',
  '# note',
  'https://a.test/shop/two?x=/1\tTwo\t2',
  'https://a.test/shop/\tShop',
  'ftp://nowhere.test/x',
  'http://b.test:8080/about\tAbout\t2',
  'https://a.test/shop/one\tAgain',
].join('\n');

describe('a URL list', () => {
  it('is told in numbers, by the rules of the loader', () => {
    const { summary } = new UrlAnalysis(list);
    expect(summary).toMatchObject({
      pages: 5,
      duplicates: 1,
      errors: 1,
      warnings: 0,
      hosts: 2,
      weighted: true,
      total_weight: 10,
    });
    expect(summary.problems).toMatchObject([{ line: 6, severity: 'error' }]);
    expect(summary.top.map(({ url, weight }) => [url, weight])).toEqual([
      ['https://a.test/', 4],
      ['https://a.test/shop/two?x=/1', 2],
      ['http://b.test:8080/about', 2],
      ['https://a.test/shop/one', 1],
      ['https://a.test/shop/', 1],
    ]);
  });

  it('is a tree of hosts and folders, the heaviest first', () => {
    const { tree } = new UrlAnalysis(list);
    const shown = (toggled: ReadonlySet<string>) =>
      tree
        .rows(toggled)
        .map(({ depth, name, pages, weight, open }) => [depth, name, pages, weight, open]);
    expect(shown(none)).toEqual([
      [0, 'a.test', 4, 8, true],
      [1, 'shop', 3, 4, false],
      [0, 'b.test:8080', 1, 2, true],
      [1, 'about', 1, 2, null],
    ]);
    expect(shown(new Set(['http://b.test:8080', 'https://a.test/shop'])).slice(1)).toEqual([
      [1, 'shop', 3, 4, true],
      [2, 'two?x=/1', 1, 2, null],
      [2, 'one', 1, 1, null],
      [0, 'b.test:8080', 1, 2, false],
    ]);
  });

  it('is shown with every page when all is open', () => {
    const segment = fc.constantFrom('', 'a', 'b', 'c?x=/1', 'd#/e', 'ä');
    const address = fc
      .tuple(
        fc.constantFrom('https://a.test', 'http://b.test:81'),
        fc.array(segment, { maxLength: 5 }),
      )
      .map(([origin, path]) => `${origin}/${path.join('/')}`);
    fc.assert(
      fc.property(fc.uniqueArray(address, { minLength: 1, maxLength: 40 }), (urls) => {
        const { tree, summary } = new UrlAnalysis(urls.join('\n'));
        const open = new Set<string>();
        for (;;) {
          const closed = tree.rows(open).filter((row) => row.open === false);
          if (closed.length === 0) break;
          for (const { key } of closed) open.add(key);
        }
        const roots = tree.rows(open).filter(({ depth }) => depth === 0);
        expect(roots.reduce((sum, { pages }) => sum + pages, 0)).toBe(summary.pages);
      }),
    );
  });

  it('leads from its tree to its lines', () => {
    expect(lineOfAddress(list, 'https://a.test/shop')).toBe(2);
    expect(lineOfAddress(list, 'http://b.test:8080')).toBe(7);
    expect(lineOfAddress('# x\n  HTTPS://A.test/k\u00e4se  K', 'https://a.test/k%C3%A4se')).toBe(2);
    expect(lineOfAddress(list, 'https://c.test')).toBeNull();
  });
});
