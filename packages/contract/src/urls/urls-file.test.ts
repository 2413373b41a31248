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
});
