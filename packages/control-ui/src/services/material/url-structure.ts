import type { UrlsVerdict } from '@trafficinator/contract/rest';

const mostShown = 50;
const longestName = 100;

/** The shape of a site: how many URLs are below each first segment of a path, and below each first two. */
export function structureOf(urls: Iterable<string>): UrlsVerdict['structure'] {
  const domains = new Set<string>();
  const categories = new Map<string, { urls: number; readonly below: Set<string> }>();
  for (const url of urls) {
    const [, , host = '', first = '', ...others] = url.split(/[/?#]/, 6);
    domains.add(host);
    const name = `/${first}`;
    const category = categories.get(name) ?? { urls: 0, below: new Set<string>() };
    category.urls += 1;
    const second = others[0] ?? '';
    if (second !== '') category.below.add(second);
    categories.set(name, category);
  }
  const all = [...categories]
    .map(([name, { urls: count, below }]) => ({
      name: name.slice(0, longestName),
      urls: count,
      subcategories: below.size,
    }))
    .toSorted((a, b) => b.urls - a.urls || (a.name < b.name ? -1 : 1));
  const rest = all.slice(mostShown);
  return {
    domains: domains.size,
    categories: all.length,
    subcategories: all.reduce((sum, each) => sum + each.subcategories, 0),
    largest: all.slice(0, mostShown),
    rest: { categories: rest.length, urls: rest.reduce((sum, { urls: count }) => sum + count, 0) },
  };
}
