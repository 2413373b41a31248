import campaign from '../data/campaign-parameters.json' with { type: 'json' };
import engines from '../data/search-engines.json' with { type: 'json' };
import networks from '../data/social-networks.json' with { type: 'json' };
import type { Referrer } from '../engine/visit.ts';
import type { Site } from '../sites/site.ts';
import { hostOf, urlParameters } from './page-url.ts';
import type { Parameters } from './parameters.ts';

const DIRECT: Referrer = { type: 'direct', name: '', keyword: '', url: '' };

/** Where a hit came from: campaign, own host (direct), search engine, social network, website. */
export function referrerOf(parameters: Parameters, site: Site, url: string): Referrer {
  const referrerUrl = parameters.text('urlref');
  const host = hostOf(referrerUrl);
  const name = campaignValue(campaign.name, parameters, url);
  if (name !== '') {
    const keyword = campaignValue(campaign.keyword, parameters, url);
    return { type: 'campaign', name, keyword: keyword === '' ? host : keyword, url: referrerUrl };
  }
  if (host === '' || host === hostOf(site.main_url) || host === hostOf(url)) return DIRECT;
  const search = searchEngineOf(referrerUrl, host);
  if (search !== null) return search;
  const network = networks.find(({ hosts }) => hosts.some((own) => belongsTo(host, own)));
  if (network !== undefined) {
    return { type: 'social', name: network.name, keyword: '', url: referrerUrl };
  }
  return { type: 'website', name: host, keyword: '', url: referrerUrl };
}

function campaignValue(names: readonly string[], parameters: Parameters, url: string): string {
  const { query, fragment } = urlParameters(url);
  const sources = [
    (name: string) => query.get(name),
    (name: string) => fragment.get(name),
    (name: string) => parameters.text(name),
  ];
  for (const source of sources) {
    for (const name of names) {
      const value = (source(name) ?? '').trim();
      if (value !== '') return value.toLowerCase();
    }
  }
  return '';
}

/**
 * A search engine's page with a keyword, or one that hides it (the root path, mostly). That is
 * why `https://www.facebook.com/`, which is in the engines' list as well, counts as a search, but
 * `https://facebook.com/` and every deeper path as a social network.
 */
function searchEngineOf(referrerUrl: string, host: string): Referrer | null {
  const engine = engines.find(({ hosts }) => hosts.some((pattern) => hostMatches(host, pattern)));
  if (engine === undefined) return null;
  const { pathname, search } = new URL(referrerUrl);
  const query = new URLSearchParams(search);
  const keyword = engine.keyword_parameters.map((name) => query.get(name) ?? '').find(Boolean);
  const hidesKeyword = pathname === '/' || engine.hidden_keyword_paths.includes(pathname);
  if (keyword === undefined && !hidesKeyword) return null;
  const lowered = (keyword ?? '').toLowerCase();
  return { type: 'search', name: engine.name, keyword: lowered, url: referrerUrl };
}

/** `google.*` stands for any last label. */
function hostMatches(host: string, pattern: string): boolean {
  if (!pattern.endsWith('.*')) return host === pattern;
  const stem = pattern.slice(0, -1);
  return host.startsWith(stem) && /^[a-z]{2,3}$/.test(host.slice(stem.length));
}

const belongsTo = (host: string, own: string): boolean => host === own || host === `www.${own}`;
