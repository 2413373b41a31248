/** Where the values of a JSON text stand. */
export interface JsonPlaces {
  /** Line, from 1, of the value at a path; `''` is the root, `steps.0.url` a key or position a dot. */
  readonly lines: ReadonlyMap<string, number>;
  /** Line at which the text stops being JSON; null: it is JSON. */
  readonly broken: number | null;
}

class Broken extends Error {}

const space = /[ \t\r\n]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids just these
const text = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const plain = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
/** Deeper than any file; a text of brackets alone must not end the page. */
const deepest = 100;

/** Reads where each value of a JSON text begins, as far as it is JSON. */
export function jsonPlaces(source: string): JsonPlaces {
  const lines = new Map<string, number>();
  let at = 0;
  let line = 1;
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(source)?.[0] ?? null;
    if (found !== null) at += found.length;
    return found;
  };
  const skip = () => {
    for (const one of take(space) ?? '') if (one === '\n') line += 1;
  };
  const expect = (wanted: string) => {
    skip();
    if (source[at] !== wanted) throw new Broken();
    at += 1;
  };
  const next = (end: string): boolean => {
    skip();
    const found = source[at];
    if (found !== ',' && found !== end) throw new Broken();
    at += 1;
    return found === ',';
  };
  const isEmpty = (end: string): boolean => {
    skip();
    if (source[at] !== end) return false;
    at += 1;
    return true;
  };
  const value = (path: readonly string[]) => {
    skip();
    if (path.length > deepest) throw new Broken();
    if (!lines.has(path.join('.'))) lines.set(path.join('.'), line);
    const first = source[at];
    if (first === '{') {
      at += 1;
      if (isEmpty('}')) return;
      do {
        skip();
        const key = take(text);
        if (key === null) throw new Broken();
        // The key's line: a value may stand below it.
        const name = [...path, JSON.parse(key) as string];
        lines.set(name.join('.'), line);
        expect(':');
        value(name);
      } while (next('}'));
    } else if (first === '[') {
      at += 1;
      if (isEmpty(']')) return;
      let position = 0;
      do value([...path, String(position++)]);
      while (next(']'));
    } else if (take(first === '"' ? text : plain) === null) throw new Broken();
  };
  try {
    if (source.startsWith('\uFEFF')) at = 1;
    value([]);
    skip();
    return { lines, broken: at < source.length ? line : null };
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    return { lines, broken: line };
  }
}

/** The line of a path, or of what is nearest around it: a field that is missing stands nowhere. */
export function lineOfPath({ lines }: JsonPlaces, path: string): number {
  for (let near = path; near !== ''; near = near.slice(0, Math.max(0, near.lastIndexOf('.')))) {
    const line = lines.get(near);
    if (line !== undefined) return line;
  }
  return lines.get('') ?? 0;
}
