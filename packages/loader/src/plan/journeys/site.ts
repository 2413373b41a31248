import type { JourneysFile } from '@trafficinator/contract';
import type { EventTemplate, Material, Page } from '../material/material.ts';
import type { Shown } from './draft.ts';
import type {
  EventFacts,
  Page as PlainPage,
  Product as PlainProduct,
  Section,
  Site,
  SiteMaterial,
} from './interface.ts';
import { Once } from './once.ts';

/** The lists of the material in plain words, frozen. */
export function plainMaterial(material: Material): SiteMaterial {
  return frozen({
    pages: material.pages.map(plainPage),
    searches: material.search_terms.map(({ keyword, category }) => ({
      keyword: keyword.raw,
      category: category?.raw ?? null,
    })),
    outlinks: material.outlinks.map(({ raw }) => raw),
    downloads: [...material.downloads],
    click_events: (material.own_events?.click?.events ?? material.click_events).map(plainEvent),
    random_events: (material.own_events?.random?.events ?? material.random_events).map(plainEvent),
    products: material.products.map((product) => ({ ...product })),
  });
}

const plainEvent = ({ category, action, name, value }: EventTemplate): EventFacts => ({
  category: category.raw,
  action: action.raw,
  name: name?.raw ?? null,
  value,
});

/** A page in plain words: the same object for the same page, so that it is known again. */
export function plainPage(page: Page): PlainPage {
  let plain = plainPages.get(page);
  if (plain === undefined) {
    plain = Object.freeze({ url: page.url.raw, title: page.title.raw });
    plainPages.set(page, plain);
    knownPages.set(plain, page);
  }
  return plain;
}

const plainPages = new WeakMap<Page, PlainPage>();
const knownPages = new WeakMap<PlainPage, Page>();

/** The page that a plugin was shown as this object, already encoded; undefined for one of its own. */
export const knownPage = (page: PlainPage): Page | undefined => knownPages.get(page);

/** What journeys happen on. */
export interface Ground {
  readonly site: Site;
  /** The site's pages by their addresses. */
  readonly byUrl: ReadonlyMap<string, Page>;
  readonly products: Once<PlainProduct, Shown>;
  readonly events: Once<EventFacts, EventTemplate>;
}

const grounds = new WeakMap<Material, Ground>();

/** The ground of a material: made once, since a site may have very many pages. */
export function groundOf(material: Material): Ground {
  let ground = grounds.get(material);
  if (ground === undefined) {
    const site = siteOf(material, material.behaviour?.file ?? null);
    ground = {
      site,
      byUrl: new Map(material.pages.map((page) => [page.url.raw, page])),
      products: new Once(site.products),
      events: new Once([...site.click_events, ...site.random_events]),
    };
    grounds.set(material, ground);
  }
  return ground;
}

/** The site as journeys see it. Which sections and how popular their pages are may be told by a file. */
export function siteOf(
  material: Material,
  file: Pick<JourneysFile, 'popularity' | 'sections'> | null,
): Site {
  const plain = plainMaterial(material);
  return Object.freeze({
    ...plain,
    origin: new URL(plain.pages[0]?.url ?? 'https://site.invalid').origin,
    sections: sectionsOf(popularFirst(plain.pages, material.page_weights), file?.sections ?? {}),
    popularity: file?.popularity ?? 1,
  });
}

/** By their weights, if they have any; pages that are never viewed are left out. */
function popularFirst(
  pages: readonly PlainPage[],
  weights: Material['page_weights'],
): readonly PlainPage[] {
  if (weights === null) return pages;
  return pages
    .map((page, at) => ({ page, weight: weights[at] ?? 0 }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ page }) => page);
}

/** Of all that go on from a page, the share that stays in its section, unless a file says otherwise. */
const staying = 0.7;
const mostNeighbours = 20;

type FileSections = JourneysFile['sections'];

/** A larger section is entered more often, but not in proportion: as the root of its pages. Our choice. */
function sectionsOf(pages: readonly PlainPage[], told: FileSections): readonly Section[] {
  const drafts = [...pagesByName(pages)].map(([name, its]) => ({
    name,
    pages: its,
    weight: told[name]?.weight ?? Math.sqrt(its.length),
    leads_to: [] as { section: Section; weight: number }[],
  }));
  const heaviest = drafts.toSorted((a, b) => b.weight - a.weight).slice(0, mostNeighbours);
  for (const draft of drafts) {
    const own = told[draft.name]?.leads_to;
    const others = heaviest.filter((other) => other !== draft && other.weight > 0);
    const sum = others.reduce((total, { weight }) => total + weight, 0);
    draft.leads_to =
      own === undefined
        ? [
            { section: draft, weight: others.length === 0 ? 1 : staying },
            ...others.map((section) => ({
              section,
              weight: ((1 - staying) * section.weight) / sum,
            })),
          ]
        : drafts.flatMap((section) => {
            const weight = own[section.name] ?? 0;
            return weight > 0 ? [{ section, weight }] : [];
          });
  }
  // Sections lead to one another: frozen one by one, whatever the length of the chain.
  for (const { pages: its, leads_to } of drafts) {
    Object.freeze(its);
    for (const each of leads_to) Object.freeze(each);
    Object.freeze(leads_to);
  }
  return Object.freeze(drafts.map((draft) => Object.freeze(draft)));
}

/** The section of pages that no other page shares its first segment with. */
const loners = 'main';

function pagesByName(pages: readonly PlainPage[]): Map<string, readonly PlainPage[]> {
  const bySegment = Map.groupBy(pages, ({ url }) => segmentOf(url));
  const sections = new Map<string, readonly PlainPage[]>();
  const alone: PlainPage[] = [];
  for (const [segment, its] of bySegment) {
    if (its.length > 1 && segment !== '') sections.set(segment, its);
    else alone.push(...its);
  }
  if (alone.length > 0) sections.set(loners, [...(sections.get(loners) ?? []), ...alone]);
  return sections;
}

/** `https://shop.test/garden/tools?id=3` → `garden`. */
function segmentOf(url: string): string {
  const segment = new URL(url).pathname.split('/')[1] ?? '';
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Names of the sections that a file speaks of and the site does not have. */
export function unknownSections(site: Site, told: FileSections): string[] {
  const known = new Set(site.sections.map(({ name }) => name));
  const named = Object.entries(told).flatMap(([name, { leads_to }]) => [
    name,
    ...Object.keys(leads_to ?? {}),
  ]);
  return [...new Set(named)].filter((name) => !known.has(name));
}

/** Nobody changes what every visit is made of. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
}
