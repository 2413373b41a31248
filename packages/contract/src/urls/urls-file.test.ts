import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUrlsFile } from './urls-file.ts';

const parse = parseUrlsFile;
const rows = (text: string) => parse(text).pages.map((page) => [page.url, page.title]);

describe('parseUrlsFile', () => {
  it('reads a URL and a title apart by a tab or by blanks', () => {
    expect(
      rows('https://a.test/x\tTitle one\nhttps://a.test/y    Products | Hardware | Page 1\n'),
    ).toEqual([
      ['https://a.test/x', 'Title one'],
      ['https://a.test/y', 'Products | Hardware | Page 1'],
    ]);
  });

  it('skips comments and blank lines, and bears a byte order mark and CRLF', () => {
    expect(rows('\uFEFF# pages\r\n\r\n  https://a.test/x  One\r\n')).toEqual([
      ['https://a.test/x', 'One'],
    ]);
  });

  it.each([
    ['https://a.test/shop/rain-gear/blue_jacket.html', 'Blue jacket – Rain gear'],
    ['https://a.test/caf%C3%A9', 'Café'],
    ['https://a.test/100%/x', 'X – 100%'],
    ['https://a.test/a%00b', 'A b'],
    ['https://a.test/', 'a.test'],
    ['https://a.test:8443', 'a.test:8443'],
  ])('derives a title for %s', (url, title) => {
    expect(parse(url).pages[0]?.title).toBe(title);
  });

  it('stores URLs as a browser reports them', () => {
    expect(parse('https://A.test/käse').pages[0]?.url).toBe('https://a.test/k%C3%A4se');
  });

  it.each([
    ['ftp://a.test/x', /absolute/],
    ['/products/x', /absolute/],
    ['https:a.test', /absolute/],
    ['https://', /absolute/],
    [`https://a.test/${'x'.repeat(1010)}`, /1025 characters/],
    ['https://a.test/x  Bell\u0007', /control/],
  ])('leaves %s out and says why', (line, why) => {
    const { pages, problems } = parse(`https://a.test/ok\n${line}\n`);
    expect(pages).toHaveLength(1);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ severity: 'error', line: 2 });
    expect(problems[0]?.message).toMatch(why);
    expect(problems[0]?.remedy).not.toBe('');
  });

  it('keeps a URL of exactly 1,024 characters', () => {
    const { pages, problems } = parse(`https://a.test/${'x'.repeat(1009)}`);
    expect([pages.length, problems]).toEqual([1, []]);
  });

  it.each([
    ['https://a.test/find?q=tent', /site search/],
    ['https://a.test/find?page=2&Keywords=tent', /site search/],
    ['https://a.test/?utm_source=mail', /campaign/],
    ['https://a.test/?matomo_campaign=x', /campaign/],
    ['https://a.test/#mtm_campaign=x', /campaign/],
    [`https://a.test/ ${'t'.repeat(1025)}`, /title/],
  ])('warns of %s and keeps it', (line, why) => {
    const { pages, problems } = parse(line);
    expect(pages).toHaveLength(1);
    expect(problems).toMatchObject([{ severity: 'warning', line: 1 }]);
    expect(problems[0]?.message).toMatch(why);
  });

  it('does not warn of innocent parameters', () => {
    expect(parse('https://a.test/?page=2&sort=price&size=s#q').problems).toEqual([]);
  });

  it('merges duplicates and counts them', () => {
    const { pages, problems, duplicates } = parse(
      'https://a.test/x  First\nhttps://A.test/x  Second\nhttps://a.test/x\n',
    );
    expect(pages.map((page) => page.title)).toEqual(['First']);
    expect([problems, duplicates]).toEqual([[], 2]);
  });

  it('says so when a file has no URL at all', () => {
    expect(parse('# only a comment\n').problems).toMatchObject([{ severity: 'error', line: 0 }]);
  });

  it('accounts for every line, whatever it holds', () => {
    const line = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc.constant('#'),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const { pages, problems, duplicates } = parse(lines.join('\n'));
        const meant = lines
          .join('\n')
          .split(/\r?\n/)
          .filter((entry, at) => {
            const bare = (at === 0 ? entry.replace(/^\uFEFF/, '') : entry).trim();
            return bare !== '' && !bare.startsWith('#');
          });
        const errors = problems.filter((p) => p.severity === 'error' && p.line > 0);
        expect(pages.length + errors.length + duplicates).toBe(meant.length);
      }),
    );
  });

  it.each<[string, string, string, number[] | null]>([
    ['no weights', '/a\tA\n/b    B\n/c', 'A|B|C', null],
    ['a weight', '/a\tA\t3\n/b\tB', 'A|B', [3, 1]],
    ['fractions', '/a\tA\t.5\n/b\tB\t2.25\n/c\tC\t1', 'A|B|C', [0.5, 2.25, 1]],
    ['a weight after blanks and a tab', '/a    Page A\t7', 'Page A', [7]],
    ['a weight without a title', '/a\t\t7', 'A', [7]],
    ['a weight of a line that comes again', '/a\tA\t2\n/a\tOther\t9\n/b\tB\t4', 'A|B', [2, 4]],
    ['numbers that are titles', '/a\t404\n/b    2026', '404|2026', null],
    ['tabs for looks', '/a\t\t\tA title\n/b \t B', 'A title|B', null],
    ['weights after tabs for looks', '/a\t\tA\t\t5', 'A', [5]],
  ])('reads %s', (_, text, titles, weights) => {
    const full = text.replaceAll(/^\//gm, 'https://shop.example/');
    const { pages, problems, weights: found } = parse(full);
    expect(problems).toEqual([]);
    expect(pages.map(({ title }) => title).join('|')).toBe(titles);
    expect(found).toEqual(weights);
  });

  it.each([
    ['A\t0', /weight “0” is no number above 0/],
    ['A\t-1', /weight “-1” is no number/],
    ['A\tmany', /weight “many” is no number/],
    ['A\t1e3', /weight “1e3”/],
    ['A\t2000000', /up to 1,000,000/],
    ['A\t1,5', /weight “1,5”/],
    ['A\t3\tmore', /After the weight stands “more”/],
  ])('tells the mistake in “%s”, and its line', (columns, message) => {
    const good = 'https://shop.example/x\tX\t2';
    const { pages, weights, problems } = parse(`${good}\nhttps://shop.example/a\t${columns}`);
    expect(problems).toMatchObject([{ severity: 'error', line: 2 }]);
    expect(problems[0]?.message).toMatch(message);
    expect([pages.length, weights]).toEqual([1, [2]]);
  });
});
