const opening = '{"requests":["?';
const between = '","?';

/**
 * The body of a bulk request. Queries are percent-encoded, so they are ASCII and nothing in them needs JSON
 * escaping; the token stands once, at the top level, where Matomo reads it (and answers with the refused
 * indices). There is at least one query.
 *
 * Written byte by byte: a text of hundreds of kilobytes costs more to make than all that is in it. It goes
 * into `memory` when that is large enough, else into new memory.
 */
export function bulkBody(
  queries: readonly string[],
  token: string | null,
  memory: ArrayBuffer = new ArrayBuffer(0),
): Buffer<ArrayBuffer> {
  const closing = token === null ? '"]}' : `"],"token_auth":${JSON.stringify(token)}}`;
  let length = opening.length + Buffer.byteLength(closing) - between.length;
  for (const query of queries) length += query.length + between.length;
  const body =
    memory.byteLength < length ? Buffer.allocUnsafeSlow(length) : Buffer.from(memory, 0, length);
  let at = body.write(opening, 'latin1');
  for (const query of queries) {
    if (at > opening.length) at += body.write(between, at, 'latin1');
    at += body.write(query, at, 'latin1');
  }
  body.write(closing, at);
  return body;
}
