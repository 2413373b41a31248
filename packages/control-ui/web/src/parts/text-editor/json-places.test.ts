import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonPlaces, lineOfPath } from './json-places.ts';

describe('places in a JSON text', () => {
  const text = '{\n  "a": [\n    { "b": 1 },\n    { "b":\n 2 }\n  ],\n  "c": "x\\"y"\n}\n';

  it.each([
    ['', 1],
    ['a', 2],
    ['a.0', 3],
    ['a.1.b', 4],
    ['c', 7],
    ['a.1.missing', 4],
    ['nowhere', 1],
  ])('%s is on line %i', (path, line) => {
    expect(lineOfPath(jsonPlaces(text), path)).toBe(line);
  });

  it.each([
    ['{\n "a": 1,\n}', 3],
    ['{\n "a": tru\n}', 2],
    ['[1,\n2\n3]', 3],
    ['{}\n\nx', 3],
    ['', 1],
    ['[1,\n"open\n]', 2],
  ])('%j stops being JSON on line %i', (broken, line) => {
    expect(jsonPlaces(broken).broken).toBe(line);
  });

  it('takes what JSON.parse takes, and nothing else', () => {
    const isJson = (source: string) => {
      try {
        JSON.parse(source);
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 4 }),
        fc.nat(),
        fc.string({ maxLength: 2 }),
        (json, at, cut) => {
          expect(jsonPlaces(json).broken).toBeNull();
          const place = at % (json.length + 1);
          const other = json.slice(0, place) + cut + json.slice(place + 1);
          expect(jsonPlaces(other).broken === null).toBe(isJson(other));
        },
      ),
    );
  });

  it('bears a text of brackets alone', () => {
    expect(jsonPlaces('['.repeat(200_000)).broken).toBe(1);
  });
});
