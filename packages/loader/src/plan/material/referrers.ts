import referrers from '../data/referrers.json' with { type: 'json' };
import { encoded, type Material, type ReferrerSource } from './material.ts';

function sourcesOf(rows: readonly (readonly (string | number)[])[]): ReferrerSource[] {
  return rows.map(([url, weight]) => ({ url: encoded(String(url)), weight: Number(weight) }));
}

/**
 * Referring URLs by the channel Matomo puts them in. Search engines are bare origins, as browsers
 * send them today: Matomo counts those as search with a hidden keyword. `https://www.facebook.com/`
 * is left out on purpose: Matomo counts exactly that URL as a search engine.
 */
export function referrerSources(): Material['referrers'] {
  return {
    search: sourcesOf(referrers.search),
    social: sourcesOf(referrers.social),
    website: sourcesOf(referrers.website),
  };
}
