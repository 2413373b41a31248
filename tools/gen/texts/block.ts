/** A pair of marker lines; what stands between them is generated. */
export interface Markers {
  readonly begin: string;
  readonly end: string;
}

/**
 * Replaces what stands between the markers of a text, wherever they occur, and keeps everything else.
 * The lines get the indentation of their begin marker. Throws when the text has no pair of markers.
 */
export function withBlock(text: string, markers: Markers, lines: readonly string[]): string {
  const out: string[] = [];
  let skipping = false;
  let blocks = 0;
  for (const line of text.split('\n')) {
    const mark = line.trim();
    if (mark === markers.end) {
      if (!skipping) throw new Error(`“${markers.end}” stands there without “${markers.begin}”.`);
      skipping = false;
    }
    if (!skipping) out.push(line);
    if (mark === markers.begin) {
      if (skipping) throw new Error(`“${markers.begin}” stands there twice in a row.`);
      skipping = true;
      blocks++;
      const indent = line.slice(0, line.indexOf(mark));
      out.push(...lines.map((generated) => (generated === '' ? '' : indent + generated)));
    }
  }
  if (skipping) throw new Error(`“${markers.end}” is missing.`);
  if (blocks === 0) {
    throw new Error(`The markers “${markers.begin}” and “${markers.end}” are missing.`);
  }
  return out.join('\n');
}
