import { defaultSettings } from '@trafficinator/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { funnelsOf, materialWith, page } from '../../testing/funnel-material.ts';
import { Draws } from '../draw.ts';
import { builtinMaterial } from '../material/builtin.ts';
import { compilePlan } from '../plan.ts';
import type { Order } from '../visit.ts';
import { compileFunnelOrders } from './order.ts';

const { orderOf, cartOf } = compileFunnelOrders(builtinMaterial().products, {
  ...defaultSettings,
  ecommerce_tax_rate: 0.25,
  ecommerce_shipping_rates: [5],
});

/** The step of a funnel with these fields, as it is read from a file. */
function stepOf<T extends 'ecommerce' | 'cart'>(type: T, fields: object) {
  const steps = [page('/'), { type, ...fields }];
  const step = funnelsOf([{ name: 'x', probability: 1, steps }])[0]?.steps[1];
  if (step?.type !== type) throw new Error('another type');
  return step as Extract<typeof step, { type: T }>;
}
const goods = (lines: Order['lines']) =>
  lines.reduce((sum, line) => sum + line.price_minor * line.quantity, 0);
const pieces = (lines: Order['lines']) => lines.reduce((sum, line) => sum + line.quantity, 0);

const all = ({ subtotal_minor, tax_minor, shipping_minor, revenue_minor }: Order) => [
  subtotal_minor,
  tax_minor,
  shipping_minor,
  revenue_minor,
];

describe('an order of a funnel', () => {
  it.each([
    ['total', { revenue: 125 }, [10000, 2500, 0, 12500]],
    ['total and shipping', { revenue: 130, shipping: 5 }, [10000, 2500, 500, 13000]],
    ['total and tax', { revenue: 110, tax: 10 }, [10000, 1000, 0, 11000]],
    ['total and goods', { revenue: 130, subtotal: 100 }, [10000, 2500, 500, 13000]],
    [
      'total and goods, too little for the tax',
      { revenue: 110, subtotal: 100 },
      [10000, 1000, 0, 11000],
    ],
    ['total, goods and tax', { revenue: 130, subtotal: 100, tax: 0 }, [10000, 0, 3000, 13000]],
    [
      'total, goods and shipping',
      { revenue: 130, subtotal: 100, shipping: 10 },
      [10000, 2000, 1000, 13000],
    ],
    [
      'total, tax and shipping',
      { revenue: 130, tax: 10, shipping: 10 },
      [11000, 1000, 1000, 13000],
    ],
    [
      'everything',
      { revenue: 130, subtotal: 100, tax: 20, shipping: 10 },
      [10000, 2000, 1000, 13000],
    ],
    ['goods', { subtotal: 100 }, [10000, 2500, 500, 13000]],
    ['goods and tax', { subtotal: 100, tax: 1.5 }, [10000, 150, 500, 10650]],
    ['goods and shipping', { subtotal: 100, shipping: 0 }, [10000, 2500, 0, 12500]],
    ['nothing for free', { revenue: 0 }, [0, 0, 0, 0]],
  ])('keeps what is given and adds up: %s', (_, given, amounts) => {
    const fields = Object.entries(given).map(([name, value]) => [`ecommerce_${name}`, value]);
    const step = stepOf('ecommerce', Object.fromEntries(fields));
    for (let index = 0; index < 50; index++) {
      const order = orderOf(step, { earlier: 0, cart: null })(new Draws(1, index));
      expect(all(order)).toEqual(amounts);
      expect(goods(order.lines)).toBe(order.subtotal_minor);
    }
  });

  it('has goods at list prices when it says nothing', () => {
    const order = orderOf(stepOf('ecommerce', {}), { earlier: 0, cart: null })(new Draws(1, 3));
    for (const line of order.lines) expect(line.price_minor).toBe(line.product.price_minor);
    expect(order.revenue_minor).toBe(Math.round(order.subtotal_minor * 1.25) + 500);
  });

  it('adds up to the cent whatever it says, with as many pieces as it says', () => {
    const amount = fc.option(fc.integer({ min: 0, max: 1_000_000 }));
    const items = fc.option(fc.integer({ min: 1, max: 1000 }));
    const fields = fc.record({
      subtotal: amount,
      tax: amount,
      shipping: amount,
      extra: amount,
      items,
    });
    fc.assert(
      fc.property(fields, fc.nat(), ({ subtotal, tax, shipping, extra, items: count }, index) => {
        const known = [subtotal, tax, shipping].filter((part) => part !== null);
        const sum = known.reduce((total, part) => total + part, 0);
        const revenue = extra === null ? null : sum + (known.length === 3 ? 0 : extra);
        const units = (minor: number | null) => (minor === null ? null : minor / 100);
        const step = stepOf('ecommerce', {
          ecommerce_revenue: units(revenue),
          ecommerce_subtotal: units(subtotal),
          ecommerce_tax: units(tax),
          ecommerce_shipping: units(shipping),
          ecommerce_items: count,
        });
        const order = orderOf(step, { earlier: 0, cart: null })(new Draws(9, index));
        const [s = 0, t = 0, h = 0, r = 0] = all(order);
        expect(s + t + h).toBe(r);
        expect(goods(order.lines)).toBe(s);
        for (const part of [s, t, h]) expect(part).toBeGreaterThanOrEqual(0);
        for (const line of order.lines) expect(line.price_minor).toBeGreaterThanOrEqual(0);
        for (const [given, got] of [
          [revenue, r],
          [subtotal, s],
          [tax, t],
          [shipping, h],
        ]) {
          if (given !== null) expect(got).toBe(given);
        }
        if (count !== null) expect(pieces(order.lines)).toBe(count);
        const skus = order.lines.map(({ product }) => product.sku);
        expect(new Set(skus).size).toBe(skus.length);
      }),
      { seed: 8, numRuns: 500 },
    );
  });

  it('has a number of its own, also beside others of its visit', () => {
    const steps = [page('/'), { type: 'ecommerce' }, { type: 'ecommerce' }, { type: 'ecommerce' }];
    const funnel = { name: 'x', probability: 0.7, exit_after_completion: false, steps };
    const settings = { ...defaultSettings, ecommerce_probability: 1 };
    const plan = compilePlan(settings, materialWith([funnel]), 3);
    const numbers = Array.from({ length: 2_000 }, (_, index) =>
      plan(index).hits.flatMap(({ kind, detail }) =>
        kind === 'order' ? [(detail as Order).number] : [],
      ),
    );
    const flat = numbers.flat();
    expect(new Set(flat).size).toBe(flat.length);
    expect(numbers.find((own) => own.length === 4)?.map((number) => number.slice(6))).toEqual([
      '',
      '-2',
      '-3',
      '-4',
    ]);
  });
});

describe('a cart of a funnel', () => {
  it('holds what it says', () => {
    const cart = cartOf(stepOf('cart', { cart_items: 4, revenue: 99.99 }))(new Draws(1, 1));
    expect([pieces(cart.lines), goods(cart.lines), cart.revenue_minor]).toEqual([4, 9999, 9999]);
  });

  it.each([
    ['nothing', {}, {}],
    ['pieces', { cart_items: 3 }, {}],
    ['pieces and a value', { cart_items: 3, revenue: 59.9 }, {}],
    ['a value, and the order its pieces', { revenue: 59.9, cart_items: 2 }, { ecommerce_items: 2 }],
    ['pieces, and the order its tax', { cart_items: 3 }, { ecommerce_tax: 1 }],
  ])('holds what is then ordered, where the cart says %s', (_, held, said) => {
    const draws = new Draws(1, 2);
    const cart = stepOf('cart', held);
    const { lines, revenue_minor } = cartOf(cart)(draws);
    expect(revenue_minor).toBe(goods(lines));
    const order = orderOf(stepOf('ecommerce', said), { earlier: 0, cart })(draws);
    expect(order.lines).toEqual(lines);
    expect(order.subtotal_minor).toBe(revenue_minor);
  });

  it('yields to what the order says', () => {
    const cart = stepOf('cart', { cart_items: 3, revenue: 59.9 });
    const ordered = (said: object) =>
      orderOf(stepOf('ecommerce', said), { earlier: 0, cart })(new Draws(1, 2));
    expect(pieces(ordered({ ecommerce_items: 2 }).lines)).toBe(2);
    expect(ordered({ ecommerce_subtotal: 10 }).subtotal_minor).toBe(1000);
    expect(pieces(ordered({ ecommerce_subtotal: 10 }).lines)).toBe(3);
  });

  it('is filled anew after an order', () => {
    const steps = [
      page('/'),
      { type: 'cart', cart_items: 4 },
      { type: 'ecommerce' },
      { type: 'ecommerce', ecommerce_items: 1 },
    ];
    const plan = compilePlan(
      defaultSettings,
      materialWith([{ name: 'Two', probability: 1, steps }]),
      1,
    );
    const sold = plan(0).hits.flatMap(({ kind, detail }) =>
      kind === 'order' ? pieces((detail as Order).lines) : [],
    );
    expect(sold).toEqual([4, 1]);
  });
});
