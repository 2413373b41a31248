import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findAll, nextFound } from './find.ts';
import { marked, piecesOf } from './highlight.ts';
import { lineAt, lineRange, lineStarts } from './line-starts.ts';

const line = fc
  .string({ unit: 'grapheme', maxLength: 60 })
  .map((text) => text.replaceAll('\n', ' '));

describe('a painted line', () => {
  it('is cut into pieces that together are the line, whatever is searched for', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('urls', 'json'),
        line,
        fc.string({ maxLength: 2 }),
        (language, text, search) => {
          const pieces = marked(piecesOf(language, text), text, search);
          expect(pieces.map(([piece]) => piece).join('')).toBe(text);
        },
      ),
    );
  });

  it('tells host, path, title and weight apart', () => {
    expect(piecesOf('urls', 'https://a.test/x\tTitle 5\t2.5')).toEqual([
      ['https://', 'cm'],
      ['a.test', 'ky'],
      ['/x', 'st'],
      ['\tTitle 5\t', ''],
      ['2.5', 'nu'],
    ]);
    expect(piecesOf('urls', '  # note')).toEqual([['  # note', 'cm']]);
  });

  it('tells keys, texts, numbers and words of JSON apart', () => {
    const kinds = piecesOf('json', '  "a": ["b", -1.5e3, null]').filter(([, kind]) => kind !== '');
    expect(kinds).toEqual([
      ['"a"', 'ky'],
      ['"b"', 'st'],
      ['-1.5e3', 'nu'],
      ['null', 'wd'],
    ]);
  });

  it('marks what is searched for, across colours and whatever the case', () => {
    const pieces = marked(piecesOf('urls', 'https://A.test/x'), 'https://A.test/x', '/a.TEST/');
    expect(pieces.filter(([, , found]) => found).map(([text]) => text)).toEqual([
      '/',
      'A.test',
      '/',
    ]);
  });
});

describe('a text', () => {
  it('has lines where its line ends are', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 3_000 }), fc.nat(), (lines, nth) => {
        const text = lines.join('\n');
        const starts = lineStarts(text);
        expect(starts.length).toBe(lines.length);
        const at = nth % lines.length;
        const [from, to] = lineRange(text, starts, at + 1);
        expect(text.slice(from, to)).toBe(lines[at]);
        expect(lineAt(starts, from)).toBe(at + 1);
        expect(lineAt(starts, to)).toBe(at + 1);
      }),
    );
  });

  it('is searched from the cursor on, and around its end', () => {
    const found = findAll('İ Ab ab AB', 'ab');
    expect(found).toEqual([2, 5, 8]);
    expect(nextFound(found, 3, 1)).toBe(1);
    expect(nextFound(found, 9, 1)).toBe(0);
    expect(nextFound(found, 2, -1)).toBe(2);
    expect(nextFound([], 0, 1)).toBe(-1);
  });
});
