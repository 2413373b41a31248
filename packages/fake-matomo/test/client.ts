import type { FakeMatomo } from '../src/index.ts';

/** A browser Matomo does not take for a bot. */
export const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

type Values = Record<string, string | number>;

/** The query of a page view on site 1 by one visitor, with changes; an empty value leaves one out. */
export function pageQuery(changes: Values = {}): URLSearchParams {
  const query = new URLSearchParams();
  const values: Values = {
    idsite: 1,
    rec: 1,
    cid: 'aaaaaaaaaaaaaaaa',
    url: 'https://shop.example.test/',
    ua: BROWSER,
    ...changes,
  };
  for (const [name, value] of Object.entries(values)) {
    if (value !== '') query.set(name, String(value));
  }
  return query;
}

export const getHit = (fake: FakeMatomo, changes: Values = {}): Promise<Response> =>
  fetch(`${fake.tracker_url}?${pageQuery(changes)}`);

export const hitWithToken = (fake: FakeMatomo, changes: Values = {}): Promise<Response> =>
  getHit(fake, { token_auth: fake.token, ...changes });

/** Posts a bulk request with a valid token at the top level, unless `top` says otherwise. */
export const postBulk = (
  fake: FakeMatomo,
  requests: readonly unknown[],
  top: Record<string, unknown> = { token_auth: fake.token },
): Promise<Response> =>
  fetch(fake.tracker_url, { method: 'POST', body: JSON.stringify({ requests, ...top }) });

export const element = (changes: Values = {}): string => `?${pageQuery(changes)}`;
