/** Parameters that ask Matomo's Reporting API several things at once, each a query of its own. */
export function bulkCall(queries: readonly string[]): Record<string, string> {
  const calls = queries.map((query, index) => [`urls[${index}]`, query]);
  return { method: 'API.getBulkRequest', ...Object.fromEntries(calls) };
}

/** The body of a request to the Reporting API; the token travels here, never in a URL. */
export function apiForm(parameters: Readonly<Record<string, string>>, token: string): string {
  const all = { module: 'API', format: 'json', language: 'en', ...parameters, token_auth: token };
  return new URLSearchParams(all).toString();
}
