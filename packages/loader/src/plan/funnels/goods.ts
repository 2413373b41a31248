import type { Settings } from '@trafficinator/contract';
import { type Draws, purpose } from '../draw.ts';
import type { Product } from '../material/material.ts';
import { basketSize } from '../order.ts';
import type { OrderLine } from '../visit.ts';

export type GoodsSettings = Pick<Settings, 'ecommerce_items_min' | 'ecommerce_items_max'>;

/**
 * Compiles the goods that funnels sell: so many pieces (null: drawn), all different while the catalogue
 * lasts, at list prices. A visitor's cart and order of the same size hold the same products.
 */
export function compileGoods(
  products: readonly Product[],
  settings: GoodsSettings,
): (draws: Draws, pieces: number | null) => OrderLine[] {
  const most = Math.min(settings.ecommerce_items_max, products.length);
  const least = Math.min(settings.ecommerce_items_min, most);
  return (draws, given) => {
    const pieces = given ?? basketSize(draws.unit(purpose.funnelPieces), least, most);
    const quantities = shared(pieces, Math.min(pieces, products.length));
    const taken = new Set<number>();
    return quantities.map((quantity, n) => {
      let at = draws.between(0, products.length - 1, purpose.funnelProduct, n);
      while (taken.has(at)) at = (at + 1) % products.length;
      taken.add(at);
      const product = products[at] as Product;
      return { product, price_minor: product.price_minor, quantity };
    });
  };
}

/** Pieces shared among so many products as evenly as can be; the last has one, so that cents can go there. */
function shared(pieces: number, products: number): number[] {
  if (products < 2) return [1];
  const others = products - 1;
  return Array.from({ length: products }, (_, n) =>
    n === others ? 1 : Math.floor((pieces - 1) / others) + (n < (pieces - 1) % others ? 1 : 0),
  );
}

/** Σ price × quantity. */
export const totalOf = (lines: readonly OrderLine[]): number =>
  lines.reduce((sum, line) => sum + line.price_minor * line.quantity, 0);

/** The same goods at prices that come to exactly `value_minor`, in proportion to the list prices. */
export function pricedAt(lines: readonly OrderLine[], value_minor: number): OrderLine[] {
  const listed = totalOf(lines);
  let left = value_minor;
  return lines.map((line, n) => {
    const isLast = n === lines.length - 1;
    const price_minor = isLast ? left : Math.floor((line.price_minor * value_minor) / listed);
    left -= price_minor * line.quantity;
    return { ...line, price_minor };
  });
}
