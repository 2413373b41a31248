import { type Problem, problem, type Settings } from '@trafficinator/contract';
import type { Site } from './api.ts';

const shown = 3;

/**
 * What a site leaves out that records only its own addresses (`exclude_unknown_urls`). Matomo compares the
 * host, without scheme and `www.`, and the path from its beginning, folder by folder
 * (SiteUrls::getIdSitesMatchingUrl).
 */
export function unknownUrls(
  site: Site,
  settings: Pick<Settings, 'outlinks_probability'>,
  addresses: readonly string[],
): Problem[] {
  if (!site.exclude_unknown_urls) return [];
  const own = site.urls.map(placeOf);
  const isOwn = (address: string): boolean => {
    const { host, path } = placeOf(address);
    return own.some((url) => url.host === host && path.startsWith(url.path));
  };
  const foreign = addresses.filter((address) => !isOwn(address));
  return [
    ...(foreign.length > 0 ? [elsewhere(site, foreign, addresses.length)] : []),
    ...(settings.outlinks_probability > 0 ? [outlinksLost] : []),
  ];
}

function elsewhere(site: Site, foreign: readonly string[], all: number): Problem {
  const hosts = [...new Set(foreign.map((address) => placeOf(address).host))];
  const where = hosts.length === 1 ? `on ${hosts[0]}` : `on ${hosts.length} hosts`;
  const examples = hosts
    .slice(0, shown)
    .map((host) => foreign.find((each) => placeOf(each).host === host));
  const which = foreign.length === all ? `all ${all}` : `${foreign.length} of ${all}`;
  return problem('site_excludes_urls', {
    fields: ['urls_file'],
    message: `The site records only its own addresses (${site.urls.slice(0, shown).join(', ')}), and ${which} page addresses are others, ${where}, for example ${examples.join(', ')}: Matomo says yes to their hits and records none of them.`,
    remedy:
      'Name a list of the site’s own pages with URLS_FILE, add the addresses to the site, or let it record unknown ones.',
  });
}

const outlinksLost: Problem = problem('site_excludes_urls', {
  fields: ['outlinks_probability'],
  message:
    'The site records only its own addresses, and an outlink is sent with the address that was clicked: Matomo says yes to outlinks and records none.',
  remedy: 'Let the site record unknown addresses, or set OUTLINKS_PROBABILITY=0.',
});

/** Host and folder as Matomo compares them: lower case, without `www.`, the path with a slash at its end. */
function placeOf(address: string): { readonly host: string; readonly path: string } {
  const url = URL.parse(address);
  const path = (url?.pathname ?? '/').toLowerCase();
  return {
    host: (url?.hostname ?? address).toLowerCase().replace(/^www\./, ''),
    path: path.endsWith('/') ? path : `${path}/`,
  };
}
