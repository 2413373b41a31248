import type { Page } from '../material/material.ts';
import type { Hit } from '../visit.ts';
import {
  contentOf,
  type Draft,
  dimensionsPart,
  eventOf,
  goalOf,
  linesOf,
  orderOf,
  pageOf,
  type Said,
  searchOf,
  webUrl,
} from './draft.ts';
import type { PlannedHit } from './interface.ts';
import { longestStay_ms, mostHits, PluginMistake } from './limits.ts';
import * as words from './words.ts';

/** A hit that is kept as it is. */
export const kept = (hit: Hit): Draft => ({
  kind: hit.kind as Draft['kind'],
  offset_ms: hit.offset_ms,
  page: hit.page,
  dimensions: hit.dimensions ?? '',
  said: { product: null },
  original: hit,
});

/** A hit that a plugin made; throws a PluginMistake. */
export function heardHit(said: PlannedHit, byUrl: ReadonlyMap<string, Page>): Draft {
  if (typeof said !== 'object' || said === null) throw new PluginMistake('a hit is no object');
  const seconds: unknown = said.offset_seconds;
  if (typeof seconds !== 'number' || !(seconds >= 0 && seconds * 1000 <= longestStay_ms)) {
    throw new PluginMistake(`offset_seconds of a hit is ${String(seconds)}, not 0 to 14,400`);
  }
  const page = pageOf(said.page, 'https://site.invalid', byUrl);
  const values = Object.entries(said.dimensions ?? {}).map(([id, value]) => {
    const each = words.heard('dimension', words.dimension, { id: Number(id), value });
    return [each.id, each.value ?? ''] as const;
  });
  return {
    ...spoken(said, page),
    offset_ms: Math.round(seconds * 1000),
    page,
    dimensions: dimensionsPart(new Map(values.filter(([, value]) => value !== ''))),
    original: null,
  };
}

function spoken(
  hit: PlannedHit,
  page: Page,
): { readonly kind: Draft['kind']; readonly said: Said } {
  switch (hit.kind) {
    case 'pageview': {
      const { product } = hit;
      const shown = product === undefined ? null : words.heard('product', words.product, product);
      return { kind: 'pageview', said: { product: shown } };
    }
    case 'search': {
      const said = searchOf(hit.keyword, hit.category, hit.results, () => 0);
      return { kind: 'search', said };
    }
    case 'event':
      return { kind: 'event', said: eventOf(hit) };
    case 'content': {
      const said = contentOf(hit);
      return { kind: said.interaction === null ? 'content' : 'interaction', said };
    }
    case 'goal':
      return { kind: 'goal', said: goalOf(hit.goal, hit.revenue_minor) };
    case 'cart': {
      const lines = linesOf('cart', hit.lines);
      const revenue_minor = lines.reduce((sum, each) => sum + each.price_minor * each.quantity, 0);
      return { kind: 'cart', said: { lines, revenue_minor } };
    }
    case 'order':
      return { kind: 'order', said: orderOf(hit.lines, hit) };
    case 'outlink':
    case 'download': {
      const text = words.heard(`the address of the ${hit.kind}`, words.address, hit.address);
      const raw = webUrl(text, page.url.raw).href;
      return { kind: hit.kind, said: { url: { raw, encoded: encodeURIComponent(raw) } } };
    }
    default:
      throw new PluginMistake(`there is no kind of hit “${String((hit as PlannedHit).kind)}”`);
  }
}

/** What must hold of a visit's hits together; `longestGap_ms`: between two of them. */
export function judge(drafts: readonly Draft[], longestGap_ms: number): void {
  const [first] = drafts;
  if (first?.kind !== 'pageview' || first.offset_ms !== 0) {
    throw new PluginMistake('the first hit must be a page view at 0 s');
  }
  if (drafts.length > mostHits) throw new PluginMistake(`there are more than ${mostHits} hits`);
  for (const [at, { offset_ms }] of drafts.entries()) {
    const gap_ms = offset_ms - (drafts[at - 1]?.offset_ms ?? 0);
    if (gap_ms < 0) throw new PluginMistake(`hit ${at + 1} lies before hit ${at}`);
    if (gap_ms > longestGap_ms) {
      throw new PluginMistake(
        `more than 1,799 s lie between hits ${at} and ${at + 1}, and Matomo counts two visits`,
      );
    }
  }
}
