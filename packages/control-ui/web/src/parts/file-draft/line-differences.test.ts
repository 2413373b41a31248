import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lineDifferences } from './line-differences.ts';

it('finds the lines that only one text has, however often', () => {
  expect(lineDifferences('a\nb\nb\nmine', 'b\ntheirs\na')).toEqual({
    mine: ['b', 'mine'],
    theirs: ['theirs'],
  });
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1 });
  fc.assert(
    fc.property(lines, lines, (mine, theirs) => {
      const differ = lineDifferences(mine.join('\n'), theirs.join('\n'));
      expect([...mine, ...differ.theirs].toSorted()).toEqual(
        [...theirs, ...differ.mine].toSorted(),
      );
    }),
  );
});
