import { findTrap, titleFromPath } from '@trafficinator/contract';
import type { EventTemplate, Product } from '../material/material.ts';
import { type Encoded, encoded, type Page } from '../material/material.ts';
import type { Cart, Content, Conversion, Hit, HitKind, OrderLine, Search } from '../visit.ts';
import type { Page as PlainPage } from './interface.ts';
import { PluginMistake } from './limits.ts';
import { knownPage } from './site.ts';
import * as words from './words.ts';

/** What a draft says besides its kind. */
export type Said =
  | { readonly product: Product | null }
  | Search
  | EventTemplate
  | Content
  | Conversion
  | Cart
  | { readonly url: Encoded }
  | OrderWish;

/** An order as far as it is told; what is null follows from the settings. */
export interface OrderWish {
  readonly lines: readonly OrderLine[];
  readonly tax_minor: number | null;
  readonly shipping_minor: number | null;
  readonly discount_minor: number;
}

/** A hit to be: what a journey or a plugin wants to happen, and when. */
export interface Draft {
  readonly kind: Exclude<HitKind, 'ping'>;
  readonly offset_ms: number;
  readonly page: Page;
  /** Ready query part; empty without dimensions. */
  readonly dimensions: string;
  readonly said: Said;
  /** A planned hit that is kept as it is. */
  readonly original: Hit | null;
}

/** A page that is named by its facts or by its address; those of the site are known as they are. */
export function pageOf(
  named: PlainPage | string,
  base: string,
  byUrl: ReadonlyMap<string, Page>,
): Page {
  if (typeof named === 'object' && named !== null) {
    const known = knownPage(named);
    if (known !== undefined) return known;
    const { url, title } = words.heard('the page', words.page, named);
    return { url: encoded(pageUrl(url, base).href), title: encoded(title) };
  }
  // Most say the address of a page of the site as it is.
  const same = byUrl.get(named as string);
  if (same !== undefined) return same;
  const text = words.heard('the address of the page', words.address, named);
  const known = byUrl.get(URL.parse(text, base)?.href ?? '');
  if (known !== undefined) return known;
  const url = pageUrl(text, base);
  return { url: encoded(url.href), title: encoded(titleFromPath(url)) };
}

/** Matomo reads an address with a parameter of these as something other than a page view. */
function pageUrl(text: string, base: string): URL {
  const url = webUrl(text, base);
  const found = findTrap(url);
  if (found === null) return url;
  const why = found.trap === 'search' ? 'reads a search' : 'begins a visit of a campaign';
  throw new PluginMistake(
    `Matomo ${why} from the parameter “${found.parameter}” of ${url.href.slice(0, 100)}`,
  );
}

const longestUrl = 1_024;

/** An absolute http or https address, as a browser reports it. */
export function webUrl(text: string, base: string): URL {
  const url = URL.parse(text, base);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new PluginMistake(`“${text.slice(0, 100)}” is no http or https address`);
  }
  if (url.href.length > longestUrl) {
    throw new PluginMistake(
      `an address has ${url.href.length} characters, Matomo keeps ${longestUrl}`,
    );
  }
  return url;
}

const maybe = (text: string | null): Encoded | null => (text === null ? null : encoded(text));

/** A product, and the page that shows it when none is named. */
export interface Shown {
  readonly product: Product;
  page: Page | null;
}

export const shownOf = (product: unknown): Shown => ({
  product: words.heard('product', words.product, product),
  page: null,
});

export function searchOf(
  keyword: unknown,
  category: unknown,
  results: unknown,
  drawn: () => number,
): Search {
  const said = words.heard('search', words.search, { keyword, category, results });
  return {
    term: { keyword: encoded(said.keyword), category: maybe(said.category) },
    results: said.results ?? drawn(),
  };
}

export function eventOf(facts: unknown): EventTemplate {
  const { category, action, name, value } = words.heard('event', words.event, facts);
  return { category: encoded(category), action: encoded(action), name: maybe(name), value };
}

export function contentOf(facts: unknown): Content {
  const { name, piece, target, interaction } = words.heard('content', words.content, facts);
  return {
    name: encoded(name),
    piece: maybe(piece),
    target: maybe(target),
    interaction: maybe(interaction),
  };
}

export const goalOf = (goal: unknown, revenue_minor: unknown): Conversion =>
  words.heard('goal', words.goal, { goal, revenue_minor });

export function linesOf(what: string, lines: unknown): OrderLine[] {
  return words.heard(`${what}: lines`, words.lines, lines).map((each) => ({
    product: each.product,
    quantity: each.quantity,
    price_minor: each.price_minor ?? each.product.price_minor,
  }));
}

export function orderOf(lines: unknown, facts: unknown): OrderWish {
  const told = words.heard('order', words.orderFacts, facts ?? {});
  return {
    lines: linesOf('order', lines),
    tax_minor: told.tax_minor ?? null,
    shipping_minor: told.shipping_minor ?? null,
    discount_minor: told.discount_minor ?? 0,
  };
}

/** `&dimension1=gold&dimension3=…`, by id. */
export const dimensionsPart = (values: ReadonlyMap<number, string>): string =>
  [...values]
    .sort(([a], [b]) => a - b)
    .map(([id, value]) => `&dimension${id}=${encodeURIComponent(value)}`)
    .join('');
