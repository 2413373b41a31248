import { z } from 'zod';
import { encoded, type Material, type OwnEvents } from '../material/material.ts';
import { eventOf, pageOf, webUrl } from './draft.ts';
import type { Plugin } from './interface.ts';
import { PluginMistake } from './limits.ts';
import * as schemas from './schemas.ts';
import { plainMaterial } from './site.ts';
import { parsed } from './words.ts';

const most = 1_000_000;
const list = <T extends z.ZodType>(schema: T) => z.array(schema).min(1).max(most).optional();

const lists = z.strictObject({
  pages: list(z.unknown()),
  searches: list(schemas.search.omit({ results: true })),
  outlinks: list(schemas.line()),
  downloads: list(schemas.line()),
  click_events: list(z.unknown()),
  random_events: list(z.unknown()),
  products: list(
    schemas.product.refine(({ price_minor }) => price_minor > 0, { error: 'is free' }),
  ),
});

/** The material with the lists that a plugin returns in place of those it has. Throws what the plugin throws, or a PluginMistake. */
export function withOwnMaterial(
  material: Material,
  hook: NonNullable<Plugin['material']>,
): Material {
  const answer: unknown = hook(plainMaterial(material));
  if (answer === undefined) return material;
  const own = parsed('material', lists, answer);
  const origin = material.pages[0]?.url.raw ?? 'https://site.invalid';
  const changed: Partial<Material> = {
    ...(own.pages && { pages: distinctPages(own.pages, origin) }),
    ...(own.searches && {
      search_terms: own.searches.map(({ keyword, category }) => ({
        keyword: encoded(keyword),
        category: category === null ? null : encoded(category),
      })),
    }),
    ...(own.outlinks && {
      outlinks: own.outlinks.map((text) => encoded(webUrl(text, origin).href)),
    }),
    ...(own.downloads && { downloads: own.downloads }),
    ...(own.click_events && { click_events: own.click_events.map(eventOf) }),
    ...(own.random_events && { random_events: own.random_events.map(eventOf) }),
    ...(own.products && { products: distinctProducts(own.products) }),
  };
  return {
    ...material,
    ...changed,
    page_weights: weightsOf(material, changed.pages),
    own_events: ownEvents(material.own_events, changed),
  };
}

function distinctPages(said: readonly unknown[], origin: string): Material['pages'] {
  const byUrl = new Map<string, Material['pages'][number]>();
  for (const each of said) {
    const page = pageOf(each as { url: string; title: string }, origin, byUrl);
    if (!byUrl.has(page.url.raw)) byUrl.set(page.url.raw, page);
  }
  return [...byUrl.values()];
}

/** Pages of the URL list keep their weights; a plugin's own weigh 1, as pages without a weight do. */
function weightsOf(
  { pages, page_weights }: Material,
  own: Material['pages'] | undefined,
): Material['page_weights'] {
  if (page_weights === null || own === undefined) return page_weights;
  const known = new Map(pages.map(({ url }, at) => [url.raw, page_weights[at] ?? 1]));
  return own.map(({ url }) => known.get(url.raw) ?? 1);
}

function distinctProducts(products: Material['products']): Material['products'] {
  const numbers = new Set<string>();
  for (const { sku } of products) {
    if (numbers.has(sku)) throw new PluginMistake(`material: two products have the number ${sku}`);
    numbers.add(sku);
  }
  return products;
}

/** Lists of a plugin go before those of an events file. */
function ownEvents(before: OwnEvents | null, changed: Partial<Material>): OwnEvents | null {
  if (before === null) return null;
  return {
    ...before,
    click: changed.click_events === undefined ? before.click : null,
    random: changed.random_events === undefined ? before.random : null,
  };
}
