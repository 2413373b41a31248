import type { EventTemplate } from '../material/material.ts';
import type {
  Cart,
  Content,
  Conversion,
  Hit,
  Link,
  Order,
  OrderLine as PlannedLine,
  ProductView,
  Search,
} from '../visit.ts';
import type { OrderLine, PlannedHit } from './interface.ts';
import { plainPage } from './site.ts';

/** A planned hit in plain words, as plugins see it. A ping is none. */
export function plainHit(hit: Hit): PlannedHit {
  const dimensions = dimensionsOf(hit.dimensions);
  return Object.freeze({
    offset_seconds: hit.offset_ms / 1000,
    page: plainPage(hit.page),
    ...(dimensions && { dimensions }),
    ...saidBy(hit),
  }) as PlannedHit;
}

function saidBy(hit: Hit): object {
  switch (hit.kind) {
    case 'pageview': {
      const { product } = hit.detail as Partial<ProductView>;
      return { kind: 'pageview', ...(product && { product }) };
    }
    case 'search': {
      const { term, results } = hit.detail as Search;
      const category = term.category?.raw ?? null;
      return { kind: 'search', keyword: term.keyword.raw, category, results };
    }
    case 'event': {
      const { category, action, name, value } = hit.detail as EventTemplate;
      const said = { category: category.raw, action: action.raw, name: name?.raw ?? null, value };
      return { kind: 'event', ...said };
    }
    case 'content':
    case 'interaction': {
      const { name, piece, target, interaction } = hit.detail as Content;
      return {
        kind: 'content',
        name: name.raw,
        piece: piece?.raw ?? null,
        target: target?.raw ?? null,
        interaction: interaction?.raw ?? null,
      };
    }
    case 'goal':
      return { kind: 'goal', ...(hit.detail as Conversion) };
    case 'cart':
      return { kind: 'cart', lines: plainLines((hit.detail as Cart).lines) };
    case 'order': {
      const { lines, tax_minor, shipping_minor, discount_minor } = hit.detail as Order;
      return { kind: 'order', lines: plainLines(lines), tax_minor, shipping_minor, discount_minor };
    }
    default:
      return { kind: hit.kind, address: (hit.detail as Link).url.raw };
  }
}

const plainLines = (lines: readonly PlannedLine[]): OrderLine[] =>
  lines.map(({ product, quantity, price_minor }) => ({ product, quantity, price_minor }));

/** `&dimension1=gold` → `{ 1: 'gold' }`. */
function dimensionsOf(part: string | undefined): Record<string, string> | undefined {
  if (part === undefined) return;
  return Object.fromEntries(
    [...new URLSearchParams(part)].map(([name, value]) => [name.slice('dimension'.length), value]),
  );
}
