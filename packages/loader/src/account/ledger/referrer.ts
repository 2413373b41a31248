import channels from './data/channels.json' with { type: 'json' };
import { canonicalHost } from './page.ts';
import type { LedgerSite } from './site.ts';

/** What Matomo reads from a referrer. */
export interface ReferrerFacts {
  /** Lower case, without `www.` and port; empty when there is no referrer. */
  readonly host: string;
  /** One of the site's URLs. */
  readonly own: boolean;
  /** The channel it counts for, if it is not the site itself. */
  readonly channel: 'search' | 'social' | 'website' | 'ai';
  /** What was searched for: lower case, empty when the search engine does not tell. */
  readonly keyword: string;
}

export const noReferrer: ReferrerFacts = { host: '', own: true, channel: 'website', keyword: '' };

/** A site's URL: canonical host and path with a slash at its end. */
interface OwnUrl {
  readonly host: string;
  readonly path: string;
}

/** Compiles a reader of referrers for a site. */
export function compileReferrerReader(
  site: Pick<LedgerSite, 'main_urls' | 'ai_assistants'>,
): (referrer: string) => ReferrerFacts {
  const own = site.main_urls.flatMap((url): OwnUrl[] => {
    const parsed = URL.parse(url);
    return parsed === null
      ? []
      : [{ host: canonicalHost(parsed.hostname), path: canonicalPath(parsed.pathname) }];
  });
  return (referrer) => {
    const url = URL.parse(referrer);
    if (url === null || url.hostname === '') return noReferrer;
    const host = canonicalHost(url.hostname);
    const path = canonicalPath(url.pathname);
    const isOwn = own.some((site) => site.host === host && path.startsWith(site.path));
    const source = sourceOf(url);
    if (site.ai_assistants && source.channel === 'website' && aiAssistants.has(host)) {
      return { host, own: isOwn, channel: 'ai', keyword: '' };
    }
    return { host, own: isOwn, ...source };
  };
}

const canonicalPath = (path: string): string => {
  const lower = path.toLowerCase();
  return lower.endsWith('/') ? lower : `${lower}/`;
};

interface SearchEngine {
  readonly keyword: readonly string[];
  readonly landing: readonly RegExp[];
}

const searchEngines = new Map<string, SearchEngine>(
  channels.search_engines.flatMap(({ hosts, keyword, landing }) => {
    const engine = { keyword, landing: landing.map((pattern) => new RegExp(pattern)) };
    return hosts.map((host): [string, SearchEngine] => [host, engine]);
  }),
);

const aiAssistants: ReadonlySet<string> = new Set(channels.ai_assistants);

const socialNetwork = new RegExp(
  `[./](${channels.social_networks.map((host) => host.replaceAll('.', '\\.')).join('|')})([./]|$)`,
);

/** Search engines come before social networks; whatever is neither is a website. */
function sourceOf(url: URL): Pick<ReferrerFacts, 'channel' | 'keyword'> {
  const keyword = searchOf(url);
  if (keyword !== null) return { channel: 'search', keyword };
  return { channel: socialNetwork.test(url.href) ? 'social' : 'website', keyword: '' };
}

/** The keyword of a search engine's referrer, empty when it is hidden; null for any other referrer. */
function searchOf(url: URL): string | null {
  const host = url.hostname.toLowerCase();
  const engine = searchEngines.get(host) ?? searchEngines.get(withoutCountry(host));
  if (engine === undefined) return null;
  for (const name of engine.keyword) {
    const keyword = url.searchParams.get(name)?.trim() ?? '';
    if (keyword !== '') return keyword.toLowerCase();
  }
  const address = url.pathname + url.search;
  return engine.landing.some((pattern) => pattern.test(address)) ? '' : null;
}

/** How Matomo's list writes a family of hosts: `www.google.co.uk` → `google.{}`. */
function withoutCountry(host: string): string {
  return host
    .replace(/^(w+\d*|search)\./, '')
    .replace(/(^|\.)m\./, '$1')
    .replace(/(\.(com|org|net|co|it|edu))?\.[a-z]{2}$/, '.{}')
    .replace(/(^|\.)[a-z]{2}\./, '$1{}.');
}
