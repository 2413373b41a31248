import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LineCutter, longestLine_bytes } from './line-cutter.ts';

function cut(chunks: readonly Buffer[]): string[] {
  const lines: string[] = [];
  const cutter = new LineCutter((line) => lines.push(line));
  for (const chunk of chunks) cutter.feed(chunk);
  cutter.end();
  return lines;
}

it('finds the same lines however the bytes are divided', () => {
  const line = fc.string({ unit: 'grapheme' }).filter((text) => !/[\r\n]/.test(text));
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat(200)), (lines, cuts) => {
      const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(''));
      const places = [0, ...cuts.map((at) => Math.min(at, bytes.length)), bytes.length];
      places.sort((a, b) => a - b);
      const chunks = places.slice(1).map((to, i) => bytes.subarray(places[i], to));
      expect(cut(chunks)).toEqual(lines);
    }),
  );
});

it('cuts long lines between characters, and gives a last line without an end', () => {
  const long = 'ä'.repeat(longestLine_bytes);
  const lines = cut([Buffer.from(`x${long}\r\nnext\r\nlast`)]);
  expect(lines).toEqual([`x${'ä'.repeat(longestLine_bytes / 2 - 1)}`, 'next', 'last']);
});
