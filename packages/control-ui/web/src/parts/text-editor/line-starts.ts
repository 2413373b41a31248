/** Where each line of a text begins, in characters. */
export function lineStarts(text: string): Uint32Array {
  let starts = new Uint32Array(1024);
  let count = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    if (count === starts.length) {
      const more = new Uint32Array(2 * count);
      more.set(starts);
      starts = more;
    }
    starts[count++] = at + 1;
  }
  return starts.subarray(0, count);
}

/** The line, from 1, that a character is in. */
export function lineAt(starts: Uint32Array, position: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

/** First and last position of a line, from 1, without its end; a line that is not there is the last one. */
export function lineRange(
  text: string,
  starts: Uint32Array,
  line: number,
): readonly [number, number] {
  const at = Math.min(Math.max(line, 1), starts.length);
  const next = starts[at];
  return [starts[at - 1] ?? 0, next === undefined ? text.length : next - 1];
}
