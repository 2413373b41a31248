/** Where Matomo reads a campaign's name from, in this order (its setting `campaign_var_name`). */
const campaignNames = [
  'pk_cpn',
  'pk_campaign',
  'piwik_campaign',
  'mtm_campaign',
  'matomo_campaign',
  'utm_campaign',
  'utm_source',
  'utm_medium',
];

/** And its keyword (`campaign_keyword_var_name`). */
const campaignKeywords = [
  'pk_kwd',
  'pk_keyword',
  'piwik_kwd',
  'mtm_kwd',
  'mtm_keyword',
  'matomo_kwd',
  'utm_term',
];

/** Session and click ids that Matomo takes off a page's URL, besides the campaign parameters. */
const sessionParameters = [
  'gclid',
  'fbclid',
  'msclkid',
  'yclid',
  'fb_xd_fragment',
  'fb_comment_id',
  'phpsessid',
  'jsessionid',
  'sessionid',
  'aspsessionid',
  'doing_wp_cron',
  'sid',
  'pk_vid',
];

const notPartOfPage = new Set([...campaignNames, ...campaignKeywords, ...sessionParameters]);

interface Campaign {
  /** Lower case. */
  readonly name: string;
  /** Lower case; empty when the URL says none. */
  readonly keyword: string;
}

/** What Matomo reads from a hit's URL. */
export interface PageFacts {
  /** Lower case, without `www.` and port. */
  readonly host: string;
  /** Equal for the URLs that Matomo holds for one page: no scheme, fragment, session or campaign. */
  readonly page: string;
  /** Keyword of a search that the URL makes, or null. */
  readonly keyword: string | null;
  readonly campaign: Campaign | null;
}

export const noPage: PageFacts = { host: '', page: '', keyword: null, campaign: null };

/** `searchParameters`: the site's own, lower case. */
export function readPage(url: string, searchParameters: readonly string[]): PageFacts {
  const parsed = URL.parse(url);
  if (parsed === null) return { ...noPage, page: url };
  const query = parsed.search.slice(1);
  const fragment = parsed.hash.slice(1);
  return {
    host: canonicalHost(parsed.hostname),
    page: `${canonicalHost(parsed.host)}${parsed.pathname}?${kept(query)}`,
    keyword: searchIn(query, fragment, searchParameters),
    campaign: campaignIn(query, fragment),
  };
}

/** Matomo holds a host with and without `www.` for one. */
export function canonicalHost(host: string): string {
  return host.toLowerCase().replace(/^www\./, '');
}

/** PHP takes `0` for empty, and so does Matomo. */
export const isBlank = (text: string): boolean => text === '' || text === '0';

function kept(query: string): string {
  if (query === '') return '';
  const nameOf = (pair: string) => (pair.split('=', 1)[0] as string).toLowerCase();
  return query
    .split('&')
    .filter((pair) => !notPartOfPage.has(nameOf(pair)))
    .join('&');
}

function searchIn(query: string, fragment: string, names: readonly string[]): string | null {
  if (query === '' && fragment === '') return null;
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(`${query}&${fragment}`)) {
    values.set(name.toLowerCase(), value.trim());
  }
  for (const name of names) {
    const keyword = values.get(name);
    if (keyword !== undefined && !isBlank(keyword)) return keyword;
  }
  return null;
}

/** The fragment is read too, unless the query names a campaign and a keyword. */
function campaignIn(query: string, fragment: string): Campaign | null {
  const inQuery = campaignFrom(query);
  if (inQuery !== null && inQuery.keyword !== '') return inQuery;
  return campaignFrom(fragment) ?? inQuery;
}

function campaignFrom(text: string): Campaign | null {
  if (text === '') return null;
  const parameters = new URLSearchParams(text);
  const first = (names: readonly string[]) =>
    names.map((name) => parameters.get(name)?.trim() ?? '').find((value) => !isBlank(value));
  const name = first(campaignNames)?.toLowerCase();
  return name === undefined
    ? null
    : { name, keyword: first(campaignKeywords)?.toLowerCase() ?? '' };
}
