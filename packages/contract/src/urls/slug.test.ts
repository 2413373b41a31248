import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slugOf, titleFromPath } from './slug.ts';

describe('slugOf', () => {
  it.each([
    ['Espresso & café machines', 'espresso-and-cafe-machines'],
    ["Children's wear: buying guide", 'childrens-wear-buying-guide'],
    ['Free returns – one year on', 'free-returns-one-year-on'],
  ])('%s → %s', (title, slug) => {
    expect(slugOf(title)).toBe(slug);
  });

  it('is a slug already when made of a slug', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(slugOf(text)).toMatch(/^([a-z0-9]+(-[a-z0-9]+)*)?$/);
        expect(slugOf(slugOf(text))).toBe(slugOf(text));
      }),
    );
  });
});

describe('titleFromPath', () => {
  it('never fails and is never empty', () => {
    fc.assert(
      fc.property(fc.webUrl(), (text) => {
        expect(titleFromPath(new URL(text))).not.toBe('');
      }),
    );
  });
});
