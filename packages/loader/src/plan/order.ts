import type { Settings } from '@trafficinator/contract';
import { type Draws, purpose } from './draw.ts';
import type { Product } from './material/material.ts';
import type { Order, OrderLine } from './visit.ts';

export type OrderSettings = Pick<
  Settings,
  | 'ecommerce_order_value_min'
  | 'ecommerce_order_value_max'
  | 'ecommerce_items_min'
  | 'ecommerce_items_max'
  | 'ecommerce_tax_rate'
  | 'ecommerce_shipping_rates'
>;

/** How often a basket at list prices is drawn anew until its total lies in the wanted range. */
const basketTries = 16;
const discountShare = 0.15;

export const toMinor = (units: number): number => Math.round(units * 100);

/**
 * Compiles the drawing of orders. Baskets are drawn at list prices until the total fits the range;
 * a range that the catalogue does not hit gets its prices scaled, and the last cents become discount.
 * Every order adds up exactly: revenue = subtotal + tax + shipping − discount, in minor units.
 * `earlier`: orders that the visit has made before.
 */
export function compileOrders(
  products: readonly Product[],
  settings: OrderSettings,
): (draws: Draws, earlier?: number) => Order {
  const least = Math.ceil(settings.ecommerce_order_value_min * 100 - 1e-6);
  const most = Math.floor(settings.ecommerce_order_value_max * 100 + 1e-6);
  const allRates = settings.ecommerce_shipping_rates.map(toMinor);
  const taxRate = settings.ecommerce_tax_rate;
  const itemsMax = Math.min(settings.ecommerce_items_max, products.length);
  const itemsMin = Math.min(settings.ecommerce_items_min, itemsMax);
  const fits = (shipping: number, pieces: number) =>
    shipping + cheapestGoods(pieces, taxRate) <= most;
  const affordable = allRates.filter((rate) => fits(rate, itemsMin));
  const rates = affordable.length > 0 ? affordable : [0];

  return (draws, earlier = 0) => {
    const shipping = draws.pick(rates, purpose.orderShipping);
    let count = basketSize(draws.unit(purpose.orderItems), itemsMin, itemsMax);
    while (count > itemsMin && !fits(shipping, count)) count--;
    let lines: OrderLine[] = [];
    for (let attempt = 0; attempt < basketTries; attempt++) {
      lines = basket(draws, products, count, attempt);
      const order = priced(lines, shipping, taxRate);
      const discount = discountOf(draws, order.subtotal_minor);
      const total = order.revenue_minor - discount;
      if (total >= least && total <= most) {
        return finished(draws, order, discount, earlier);
      }
    }
    if (!fits(shipping, pieces(lines))) lines = lines.map((line) => ({ ...line, quantity: 1 }));
    const cheapest = Math.max(least, shipping + cheapestGoods(pieces(lines), taxRate));
    const wanted = draws.between(Math.min(cheapest, most), most, purpose.orderValue);
    const scaled = priced(scaledTo(lines, wanted - shipping, taxRate), shipping, taxRate);
    return finished(draws, scaled, Math.max(0, scaled.revenue_minor - wanted), earlier);
  };
}

const pieces = (lines: readonly OrderLine[]): number =>
  lines.reduce((sum, line) => sum + line.quantity, 0);

/** What so many pieces and their tax come to at the lowest price there is: one minor unit each. */
const cheapestGoods = (count: number, taxRate: number): number =>
  count + Math.round(count * taxRate);

/** Small baskets are the most frequent: each further product is half as likely as the one before. */
export function basketSize(u: number, least: number, most: number): number {
  const choices = most - least + 1;
  const within = u * (1 - 0.5 ** choices);
  return least + Math.min(choices - 1, Math.floor(-Math.log2(1 - within)));
}

function basket(
  draws: Draws,
  products: readonly Product[],
  count: number,
  attempt: number,
): OrderLine[] {
  const taken = new Set<number>();
  const lines: OrderLine[] = [];
  for (let n = 0; n < count; n++) {
    const draw = attempt * 64 + n;
    let at = draws.between(0, products.length - 1, purpose.orderProduct, draw);
    while (taken.has(at)) at = (at + 1) % products.length;
    taken.add(at);
    const product = products[at] as Product;
    const several = draws.unit(purpose.orderQuantity, draw);
    const quantity = several < 0.8 ? 1 : several < 0.94 ? 2 : 3;
    lines.push({ product, price_minor: product.price_minor, quantity });
  }
  return lines;
}

function priced(lines: readonly OrderLine[], shipping: number, taxRate: number): Order {
  const subtotal = lines.reduce((sum, line) => sum + line.price_minor * line.quantity, 0);
  const tax = Math.round(subtotal * taxRate);
  return {
    number: '',
    lines,
    subtotal_minor: subtotal,
    tax_minor: tax,
    shipping_minor: shipping,
    discount_minor: 0,
    revenue_minor: subtotal + tax + shipping,
  };
}

/** Prices such that goods and tax come to at least `goal`; never below one minor unit. */
function scaledTo(lines: readonly OrderLine[], goal: number, taxRate: number): OrderLine[] {
  const subtotal = lines.reduce((sum, line) => sum + line.price_minor * line.quantity, 0);
  const factor = goal / (1 + taxRate) / subtotal;
  const scaled = lines.map((line) => ({
    ...line,
    price_minor: Math.max(1, Math.ceil(line.price_minor * factor)),
  }));
  const goods = scaled.reduce((sum, line) => sum + line.price_minor * line.quantity, 0);
  const first = scaled[0];
  if (first !== undefined && goods + Math.round(goods * taxRate) < goal) first.price_minor += 1;
  return scaled;
}

function discountOf(draws: Draws, subtotal: number): number {
  const u = draws.unit(purpose.orderDiscount);
  if (u >= discountShare) return 0;
  const percent = 5 * (1 + Math.floor((u / discountShare) * 4));
  return Math.round((subtotal * percent) / 100);
}

/** Unique among the orders of a seed: the visit's index, and from a visit's second order on which one it is. */
export function orderNumber(visit: number, earlier: number): string {
  const base = visit.toString(36).toUpperCase().padStart(6, '0');
  return earlier === 0 ? base : `${base}-${earlier + 1}`;
}

function finished(draws: Draws, order: Order, discount: number, earlier: number): Order {
  return {
    ...order,
    number: orderNumber(draws.visit, earlier),
    discount_minor: discount,
    revenue_minor: order.revenue_minor - discount,
  };
}
