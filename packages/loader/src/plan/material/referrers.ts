import referrers from '../data/referrers.json' with { type: 'json' };
import { encoded, type Material, type ReferrerSource } from './material.ts';

type Row = readonly (string | number)[];

function sourcesOf(rows: readonly Row[]): ReferrerSource[] {
  return rows.map(([url, weight]) => ({ url: encoded(String(url)), weight: Number(weight) }));
}

/**
 * Referring URLs by the channel that they are planned for; search engines have names. They are bare
 * origins, as browsers send them today: Matomo counts those as search with a hidden keyword.
 * `https://www.facebook.com/` is left out on purpose: Matomo counts exactly that URL as a search engine.
 * Assistants are websites for Matomo up to 5.2, a type of their own for later ones.
 */
export function referrerSources(): Material['referrers'] {
  return {
    search: Object.entries(referrers.search).flatMap(([engine, rows]) =>
      sourcesOf(rows).map((source) => ({ ...source, engine })),
    ),
    social: sourcesOf(referrers.social),
    website: sourcesOf(referrers.website),
    ai: sourcesOf(referrers.ai),
  };
}
