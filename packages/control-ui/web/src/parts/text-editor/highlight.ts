export type Language = 'urls' | 'json';
/** A piece of a line; the kind is its class, '' is plain text. */
export type Piece = readonly [text: string, kind: string];

const readers: Readonly<Record<Language, (line: string) => Piece[]>> = { urls, json };
/** What comes after so many characters of a line is shown plain. */
const longest = 4_000;

/** A line in pieces that together are the line. */
export function piecesOf(language: Language, line: string): Piece[] {
  const pieces = readers[language](line.slice(0, longest));
  if (line.length > longest) pieces.push([line.slice(longest), '']);
  return pieces;
}

const weight = /^(.*\t\s*)(\d+\.?\d*|\.\d+)(\s*)$/;
const address = /^(\s*)(\S+)/;
const host = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)(.*)$/i;

function urls(line: string): Piece[] {
  if (line.trimStart().startsWith('#')) return [[line, 'cm']];
  const [all = '', space = '', url = ''] = address.exec(line) ?? [];
  if (url === '') return [[line, '']];
  const [, scheme, name = '', path = ''] = host.exec(url) ?? [];
  const pieces: Piece[] = [[space, '']];
  if (scheme === undefined) pieces.push([url, '']);
  else pieces.push([scheme, 'cm'], [name, 'ky'], [path, 'st']);
  const rest = line.slice(all.length);
  const [, title = rest, number, after = ''] = weight.exec(rest) ?? [];
  pieces.push([title, '']);
  if (number !== undefined) pieces.push([number, 'nu'], [after, '']);
  return pieces.filter(([text]) => text !== '');
}

const token =
  /("(?:[^"\\]|\\.)*"?)(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b|[^"\d\-tfn]+|./g;

function json(line: string): Piece[] {
  return [...line.matchAll(token)].flatMap(([text, string, colon, number, word]): Piece[] => {
    if (string !== undefined && colon !== undefined) {
      return [
        [string, 'ky'],
        [colon, ''],
      ];
    }
    if (string !== undefined) return [[string, 'st']];
    return [[text, number !== undefined ? 'nu' : word !== undefined ? 'wd' : '']];
  });
}

/** Pieces with what is searched for cut out: it keeps its class and is marked. */
export function marked(
  pieces: readonly Piece[],
  line: string,
  search: string,
): (Piece | readonly [text: string, kind: string, found: true])[] {
  const spans = search === '' ? [] : spansOf(line, search);
  if (spans.length === 0) return [...pieces];
  const out: (Piece | readonly [string, string, true])[] = [];
  let at = 0;
  for (const [text, kind] of pieces) {
    let from = at;
    const end = at + text.length;
    for (const [start, stop] of spans) {
      if (stop <= from || start >= end) continue;
      if (start > from) out.push([line.slice(from, start), kind]);
      const cut = Math.min(stop, end);
      out.push([line.slice(Math.max(start, from), cut), kind, true]);
      from = cut;
    }
    if (from < end) out.push([line.slice(from, end), kind]);
    at = end;
  }
  return out;
}

function spansOf(line: string, search: string): (readonly [number, number])[] {
  const text = folded(line);
  const wanted = folded(search);
  const spans: (readonly [number, number])[] = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
    spans.push([at, at + wanted.length]);
  }
  return spans;
}

/** Lower case that keeps every position: a letter whose lower case is longer stays as it is. */
export function folded(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length
    ? lower
    : text.replace(/./gs, (one) => (one.toLowerCase().length === 1 ? one.toLowerCase() : one));
}
