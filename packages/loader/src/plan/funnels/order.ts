import type { FunnelStepOf, Settings } from '@trafficinator/contract';
import { type Draws, purpose } from '../draw.ts';
import type { Product } from '../material/material.ts';
import { orderNumber, toMinor } from '../order.ts';
import type { Cart, Order } from '../visit.ts';
import { compileGoods, type GoodsSettings, pricedAt, totalOf } from './goods.ts';

export type FunnelOrderSettings = GoodsSettings &
  Pick<Settings, 'ecommerce_tax_rate' | 'ecommerce_shipping_rates'>;

/** What the visit did before an order. */
interface Before {
  /** How many orders it made. */
  readonly earlier: number;
  /** The cart as it was filled last since then: what the order does not say itself is bought as it lies there. */
  readonly cart: FunnelStepOf<'cart'> | null;
}

interface Amounts {
  readonly subtotal: number;
  readonly tax: number;
  readonly shipping: number;
}

const minorOrNull = (units: number | null): number | null =>
  units === null ? null : toMinor(units);

/**
 * Compiles orders and carts of funnels. What a step says is kept; the rest follows from it, so that every
 * order adds up: revenue = subtotal + tax + shipping = Σ price × quantity + tax + shipping.
 */
export function compileFunnelOrders(
  products: readonly Product[],
  settings: FunnelOrderSettings,
): {
  readonly orderOf: (step: FunnelStepOf<'ecommerce'>, before: Before) => (draws: Draws) => Order;
  readonly cartOf: (step: FunnelStepOf<'cart'>) => (draws: Draws) => Cart;
} {
  const goodsOf = compileGoods(products, settings);
  const rates = settings.ecommerce_shipping_rates.map(toMinor);
  const taxRate = settings.ecommerce_tax_rate;
  return {
    orderOf: (step, { earlier, cart }) => {
      const given = givenBy(step, cart);
      const pieces = step.ecommerce_items ?? cart?.cart_items ?? null;
      return (draws) => {
        const listed = goodsOf(draws, pieces);
        const drawnShipping = rates.length === 0 ? 0 : draws.pick(rates, purpose.funnelShipping);
        const { subtotal, tax, shipping } =
          given.revenue === null
            ? fromGoods(given, given.subtotal ?? totalOf(listed), taxRate, drawnShipping)
            : fromTotal(given, given.revenue, taxRate);
        return {
          number: orderNumber(draws.visit, earlier),
          lines: subtotal === totalOf(listed) ? listed : pricedAt(listed, subtotal),
          subtotal_minor: subtotal,
          tax_minor: tax,
          shipping_minor: shipping,
          discount_minor: 0,
          revenue_minor: subtotal + tax + shipping,
        };
      };
    },
    cartOf: (step) => {
      const value = minorOrNull(step.revenue);
      return (draws) => {
        const listed = goodsOf(draws, step.cart_items);
        const lines = value === null ? listed : pricedAt(listed, value);
        return { lines, revenue_minor: totalOf(lines) };
      };
    },
  };
}

type GivenAmounts = { readonly [A in keyof Amounts | 'revenue']: number | null };

function givenBy(step: FunnelStepOf<'ecommerce'>, cart: FunnelStepOf<'cart'> | null): GivenAmounts {
  const says = step.ecommerce_revenue !== null || step.ecommerce_subtotal !== null;
  const sameGoods = step.ecommerce_items === null || step.ecommerce_items === cart?.cart_items;
  const value = says || !sameGoods ? null : (cart?.revenue ?? null);
  return {
    revenue: minorOrNull(step.ecommerce_revenue),
    subtotal: minorOrNull(step.ecommerce_subtotal ?? value),
    tax: minorOrNull(step.ecommerce_tax),
    shipping: minorOrNull(step.ecommerce_shipping),
  };
}

const fromGoods = (
  given: GivenAmounts,
  subtotal: number,
  taxRate: number,
  drawnShipping: number,
): Amounts => ({
  subtotal,
  tax: given.tax ?? Math.round(subtotal * taxRate),
  shipping: given.shipping ?? drawnShipping,
});

/** Goods, tax and shipping make up the total; the contract refuses what cannot. */
function fromTotal(given: GivenAmounts, revenue: number, taxRate: number): Amounts {
  if (given.subtotal !== null) {
    const rest = revenue - given.subtotal;
    const usual = Math.min(rest, Math.round(given.subtotal * taxRate));
    const tax = given.tax ?? (given.shipping === null ? usual : rest - given.shipping);
    return { subtotal: given.subtotal, tax, shipping: rest - tax };
  }
  const shipping = given.shipping ?? 0;
  const goods = revenue - shipping;
  const subtotal = given.tax === null ? Math.round(goods / (1 + taxRate)) : goods - given.tax;
  return { subtotal, tax: goods - subtotal, shipping };
}
