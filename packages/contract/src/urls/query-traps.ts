/**
 * Query parameters that make Matomo read a page view as something else. A page with a site-search
 * parameter is recorded as a search (site search is on by default), one with a campaign parameter
 * starts a new visit when it differs from the visit's own campaign.
 */

/** Matomo's default site-search keyword parameters. */
const siteSearchParameters: readonly string[] = [
  'q',
  'query',
  's',
  'search',
  'searchword',
  'k',
  'keyword',
  'keywords',
];

const campaignPrefixes = ['mtm_', 'utm_', 'pk_', 'piwik_', 'matomo_'];

/** What Matomo would make of a parameter name: a search, a campaign, or nothing special (null). */
function trapOf(parameter: string): 'search' | 'campaign' | null {
  const name = parameter.toLowerCase();
  if (siteSearchParameters.includes(name)) return 'search';
  return campaignPrefixes.some((prefix) => name.startsWith(prefix)) ? 'campaign' : null;
}

/** The first parameter of a URL that is a trap. Matomo reads campaigns from the fragment as well. */
export function findTrap(url: URL): { parameter: string; trap: 'search' | 'campaign' } | null {
  if (url.search === '' && url.hash === '') return null;
  for (const parameter of url.searchParams.keys()) {
    const trap = trapOf(parameter);
    if (trap !== null) return { parameter, trap };
  }
  for (const parameter of new URLSearchParams(url.hash.replace(/^#[?/]*/, '')).keys()) {
    if (trapOf(parameter) === 'campaign') return { parameter, trap: 'campaign' };
  }
  return null;
}
