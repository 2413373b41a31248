/**
 * The body of a bulk request. Queries are percent-encoded, so nothing in them needs JSON escaping; the
 * token stands once, at the top level, where Matomo reads it (and answers with the refused indices).
 */
export function bulkBody(queries: readonly string[], token: string | null): string {
  const requests = `{"requests":["?${queries.join('","?')}"]`;
  return token === null ? `${requests}}` : `${requests},"token_auth":${JSON.stringify(token)}}`;
}
