import campaign from '../data/campaign-parameters.json' with { type: 'json' };
import dropped from '../data/dropped-url-parameters.json' with { type: 'json' };

const notKept = new Set([...campaign.name, ...campaign.keyword, ...dropped]);

/** A page's address as Matomo stores it: no fragment, no campaign, click or session parameters. */
export function storedPageUrl(url: string): string {
  const withoutFragment = url.split('#', 1)[0] ?? '';
  const mark = withoutFragment.indexOf('?');
  if (mark < 0) return withoutFragment.slice(0, 1024);
  const kept = withoutFragment
    .slice(mark + 1)
    .split('&')
    .filter((pair) => pair !== '' && !notKept.has(nameOf(pair)));
  const base = withoutFragment.slice(0, mark);
  return (kept.length === 0 ? base : `${base}?${kept.join('&')}`).slice(0, 1024);
}

/** The parameters in an address's query, and those in its fragment. */
export function urlParameters(url: string): { query: URLSearchParams; fragment: URLSearchParams } {
  const [beforeFragment, ...fragment] = url.split('#');
  const mark = beforeFragment!.indexOf('?');
  return {
    query: new URLSearchParams(mark < 0 ? '' : beforeFragment!.slice(mark + 1)),
    fragment: new URLSearchParams(fragment.join('#')),
  };
}

/** The host of an address in lower case, or '' when it has none. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.toLowerCase() : '';
}

const nameOf = (pair: string): string => decode(pair.split('=', 1)[0] ?? '').toLowerCase();

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
