import type { ContentFacts, Journey, JourneyVisit, Page, Product, Section } from '../interface.ts';
import { drawn } from './drawn.ts';

/** How visitors of one kind go through the site. Shares are of the visits that do not bounce, unless another is named. */
export interface Way {
  /** Where visits begin; none: anywhere, as the sections weigh. */
  readonly entries: readonly {
    readonly page?: string | undefined;
    readonly section?: string | undefined;
    readonly weight: number;
  }[];
  /** Share of all visits with one page only. */
  readonly bounce_share: number;
  readonly pages_min: number;
  readonly pages_max: number;
  /** Share that leaves after each page from the second on. */
  readonly exit_share: number;
  readonly dwell_seconds_min: number;
  readonly dwell_seconds_max: number;
  readonly search_share: number;
  readonly event_share: number;
  readonly download_share: number;
  readonly outlink_share: number;
  readonly product_share: number;
  readonly products_max: number;
  /** `{sku}` and `{name}` are filled in; none: the interface's own address. */
  readonly product_page?: string | undefined;
  /** Of those who look at products. */
  readonly cart_share: number;
  /** Of those with a cart. */
  readonly order_share: number;
  readonly goals: readonly {
    readonly id: number;
    readonly share: number;
    readonly revenue_minor?: number | undefined;
  }[];
  /** Shown on the first page of a share of all visits. */
  readonly contents: readonly (Omit<ContentFacts, 'interaction'> & {
    readonly share: number;
    readonly interaction_share: number;
  })[];
  readonly dimensions: readonly {
    readonly id: number;
    readonly values: readonly (readonly [value: string, weight: number])[];
  }[];
}

/** Longest waits after what is done on a page, in seconds. */
const waits = { act: 10, search: 12, cart: 20, checkout: 120 } as const;

/** No visit on this way takes longer. */
export function longestWay_seconds(way: Way): number {
  const dwells = (way.pages_max + way.products_max) * way.dwell_seconds_max;
  const { act, search, cart, checkout } = waits;
  return dwells + 3 * act + search + way.products_max * cart + checkout;
}

export function journeyOf(name: string, way: Way): Journey {
  const contents = way.contents.map(({ share, interaction_share, ...shown }) => ({
    share,
    interaction_share,
    shown,
    answered: { ...shown, interaction: 'click' },
  }));
  return { name, visit: (v) => go(v, way, contents) };
}

/** Content as it is shown, and as it is shown to who answers it. */
interface Content {
  readonly share: number;
  readonly interaction_share: number;
  readonly shown: ContentFacts;
  readonly answered: ContentFacts;
}

function go(v: JourneyVisit, way: Way, contents: readonly Content[]): void {
  const { random, site } = v;
  for (const { id, values } of way.dimensions) {
    v.dimension(id, random.weighted(values, ([, weight]) => weight)[0]);
  }
  let section = enter(v, way);
  show(v, contents);
  const dwell = () => v.wait(way.dwell_seconds_min, way.dwell_seconds_max);
  dwell();
  if (random.chance(way.bounce_share)) return;

  const depth = depthOf(v, way);
  // Each happens on one page, before the visitor goes on; so whoever searches sees a page after it.
  const searchOn = random.chance(way.search_share) ? random.between(1, depth - 1) : 0;
  const on = (share: number) => (random.chance(share) ? random.between(1, depth) : 0);
  const eventOn = on(way.event_share);
  const downloadOn = on(way.download_share);
  const outlinkOn = on(way.outlink_share);
  for (let page = 1; page <= depth; page++) {
    if (page > 1) {
      section = next(v, section);
      dwell();
    }
    if (eventOn === page) act(v, () => v.event(random.pick(site.click_events)));
    if (downloadOn === page) act(v, () => v.download(random.pick(site.downloads)));
    if (outlinkOn === page) act(v, () => v.outlink(random.pick(site.outlinks)));
    if (searchOn === page) search(v);
  }
  if (random.chance(way.product_share)) shop(v, way, dwell);
  for (const { id, share, revenue_minor } of way.goals) {
    if (random.chance(share)) v.goal(id, revenue_minor);
  }
}

/** The first page; the section that the visitor goes on in. */
function enter(v: JourneyVisit, way: Way): Section {
  const { random, site } = v;
  const anywhere = () => drawn(random, site.sections);
  if (way.entries.length === 0) return popular(v, anywhere());
  const { page, section } = drawn(random, way.entries);
  if (page !== undefined) {
    v.view(page);
    return anywhere();
  }
  return popular(v, site.sections.find(({ name }) => name === section) ?? anywhere());
}

/** Opens a page of the section, the popular ones more often. */
function popular(v: JourneyVisit, section: Section): Section {
  v.view(v.random.ranked(section.pages, v.site.popularity) as Page);
  return section;
}

const next = (v: JourneyVisit, from: Section): Section =>
  popular(v, drawn(v.random, from.leads_to).section);

/** Pages of a visit that does not bounce: two at least. */
function depthOf({ random }: JourneyVisit, way: Way): number {
  const most = random.between(way.pages_min, way.pages_max);
  let depth = 2;
  while (depth < most && !random.chance(way.exit_share)) depth++;
  return depth;
}

function show(v: JourneyVisit, contents: readonly Content[]): void {
  for (const { share, interaction_share, shown, answered } of contents) {
    if (!v.random.chance(share)) continue;
    v.content(shown);
    if (v.random.chance(interaction_share)) v.content(answered);
  }
}

function act(v: JourneyVisit, done: () => void): void {
  done();
  v.wait(1, waits.act);
}

function search(v: JourneyVisit): void {
  const { keyword, category } = v.random.ranked(v.site.searches, v.site.popularity);
  v.search(keyword, category === null ? {} : { category });
  v.wait(2, waits.search);
}

/** Looks at products, and perhaps takes some of them, and perhaps orders them. */
function shop(v: JourneyVisit, way: Way, dwell: () => void): void {
  const { random, site } = v;
  const seen = new Set<Product>();
  const wanted = random.between(1, way.products_max);
  for (let n = 0; n < wanted; n++) {
    const product = random.ranked(site.products, site.popularity);
    seen.add(product);
    v.product(product, pageOf(product, way.product_page));
    dwell();
  }
  if (!random.chance(way.cart_share)) return;
  const lines: { product: Product; quantity: number }[] = [];
  for (const product of seen) {
    if (lines.length > 0 && !random.chance(0.4)) continue;
    lines.push({ product, quantity: random.chance(0.85) ? 1 : 2 });
    v.cart(lines);
    v.wait(3, waits.cart);
  }
  if (!random.chance(way.order_share)) return;
  v.wait(20, waits.checkout);
  v.order(lines);
}

function pageOf(product: Product, address: string | undefined): Page | undefined {
  if (address === undefined) return;
  const url = address
    .replaceAll('{sku}', encodeURIComponent(product.sku))
    .replaceAll('{name}', encodeURIComponent(product.name));
  return { url, title: product.name };
}
