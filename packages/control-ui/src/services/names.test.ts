import fc from 'fast-check';
import { expect, it } from 'vitest';
import { freeName, givenName, keyName, slugOf } from './names.ts';

it.each([
  ['Black Friday!', 'black-friday'],
  ['  Größe – Été ', 'gro-e-ete'],
  ['日本', 'unnamed'],
  ['a'.repeat(60), 'a'.repeat(40)],
])('makes of %j the slug %j', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

it('makes slugs that can be part of any path', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      expect(slugOf(name)).toMatch(/^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/);
    }),
  );
});

it('takes names of one line', () => {
  expect(givenName.parse('  Sale 2026 ')).toBe('Sale 2026');
  for (const name of ['', '   ', 'a\nb', 'x'.repeat(101)]) {
    expect(givenName.safeParse(name).success).toBe(false);
  }
  expect(keyName.safeParse('ci-2').success).toBe(true);
  for (const name of ['', '-a', 'Ci', 'a b', 'x'.repeat(41)]) {
    expect(keyName.safeParse(name).success).toBe(false);
  }
});

it('finds a name that is free and not too long', () => {
  const taken = new Set(['Sale', 'Sale (imported)', 'Sale (imported 2)']);
  const isTaken = (name: string) => taken.has(name);
  expect(freeName('Sale', 'imported', isTaken)).toBe('Sale (imported 3)');
  expect(freeName('Other', 'imported', isTaken)).toBe('Other (imported)');
  const long = freeName('x'.repeat(100), 'imported', isTaken);
  expect([long.length, long.endsWith('x (imported)')]).toEqual([100, true]);
});
