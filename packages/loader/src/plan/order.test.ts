import { defaultSettings, readSettings, type Settings } from '@trafficinator/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chiSquare, chiSquareLimit, sigmas } from '../testing/statistics.ts';
import { Draws } from './draw.ts';
import { catalogue } from './material/catalogue.ts';
import { compileOrders, orderNumber } from './order.ts';
import type { Order } from './visit.ts';

const products = catalogue();
const settingsOf = (changes: Partial<Settings>): Settings => ({ ...defaultSettings, ...changes });
const ordersOf = (changes: Partial<Settings>, count: number, seed = 51): Order[] => {
  const orderOf = compileOrders(products, settingsOf(changes));
  return Array.from({ length: count }, (_, index) => orderOf(new Draws(seed, index)));
};

/** All that must hold of an order, whatever the settings. */
function checkOrder(order: Order, settings: Settings): void {
  const { lines, subtotal_minor, tax_minor, shipping_minor, discount_minor, revenue_minor } = order;
  const sum = lines.reduce((total, line) => total + line.price_minor * line.quantity, 0);
  expect(subtotal_minor).toBe(sum);
  expect(revenue_minor).toBe(subtotal_minor + tax_minor + shipping_minor - discount_minor);
  expect(tax_minor).toBe(Math.round(subtotal_minor * settings.ecommerce_tax_rate));
  const amounts = [subtotal_minor, tax_minor, shipping_minor, discount_minor, revenue_minor];
  expect(amounts.every((minor) => Number.isSafeInteger(minor) && minor >= 0)).toBe(true);
  expect(discount_minor).toBeLessThanOrEqual(subtotal_minor);
  for (const { price_minor, quantity } of lines) {
    expect(Number.isSafeInteger(price_minor) && price_minor >= 1).toBe(true);
    expect(Number.isInteger(quantity) && quantity >= 1 && quantity <= 3).toBe(true);
  }
  expect(new Set(lines.map((line) => line.product.sku)).size).toBe(lines.length);
  expect(lines.length).toBeGreaterThanOrEqual(settings.ecommerce_items_min);
  expect(lines.length).toBeLessThanOrEqual(settings.ecommerce_items_max);
  expect(revenue_minor).toBeGreaterThanOrEqual(minor(settings.ecommerce_order_value_min));
  expect(revenue_minor).toBeLessThanOrEqual(minor(settings.ecommerce_order_value_max));
  expect(settings.ecommerce_shipping_rates.map(minor)).toContain(shipping_minor);
}
const minor = (units: number): number => Math.round(units * 100);
const units = (cents: number): number => cents / 100;

/** Settings of orders that the rules let through, odd ones among them. */
const odd: fc.Arbitrary<Settings> = fc
  .record({
    max: fc.oneof(
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 100, max: 50_000 }),
      fc.constantFrom(798, 799, 1_599, 100_000_000, 1_000_000_000),
    ),
    below: fc.oneof(fc.constantFrom(0, 1, 2), fc.integer({ min: 0, max: 1_000_000_000 })),
    items: fc.tuple(fc.constantFrom(1, 1, 2, 5, 40), fc.integer({ min: 0, max: 39 })),
    tax: fc.constantFrom(0, 0.077, 0.1, 0.25, 1),
    rates: fc.oneof(
      fc.constantFrom([0], [0, 5.99, 9.99, 15.99], [0, 100_000], [0.01, 0.02], [0, 299.98]),
      fc.array(fc.integer({ min: 0, max: 40_000 }).map(units), { minLength: 1, maxLength: 5 }),
    ),
  })
  .map(({ max, below, items, tax, rates }) =>
    settingsOf({
      ecommerce_order_value_min: units(Math.max(1, max - below)),
      ecommerce_order_value_max: units(max),
      ecommerce_items_min: items[0],
      ecommerce_items_max: Math.min(40, items[0] + items[1]),
      ecommerce_tax_rate: tax,
      ecommerce_shipping_rates: rates,
    }),
  )
  .filter((settings) => errorsOf(settings).length === 0);

/** What the rules across settings have against them. */
function errorsOf(settings: Settings): readonly string[] {
  const names = Object.keys(settings).filter((name) => /^ecommerce_/.test(name));
  const environment = Object.fromEntries(
    names.map((name) => [name.toUpperCase(), String(settings[name as keyof Settings])]),
  );
  const readFile = () => '';
  return readSettings({ environment, readFile, purpose: 'plan' })
    .problems.filter((found) => found.severity === 'error')
    .map((found) => found.code);
}

describe('orders', () => {
  it('add up and keep to their range, whatever the rules let through', () => {
    fc.assert(
      fc.property(odd, fc.integer({ min: 0, max: 2 ** 31 - 1 }), (settings, seed) => {
        const orderOf = compileOrders(products, settings);
        for (let index = 0; index < 25; index++) {
          checkOrder(orderOf(new Draws(seed, index)), settings);
        }
      }),
      { seed: 51, numRuns: 250 },
    );
  });

  it.each([
    ['one value only', { ecommerce_order_value_min: 100, ecommerce_order_value_max: 100 }],
    ['a cent of room', { ecommerce_order_value_min: 50, ecommerce_order_value_max: 50.01 }],
    ['forty products', { ecommerce_items_min: 40, ecommerce_items_max: 40 }],
    ['nothing so cheap', { ecommerce_order_value_min: 0.01, ecommerce_order_value_max: 7 }],
    ['one cent', { ecommerce_order_value_min: 0.01, ecommerce_order_value_max: 0.01 }],
    ['all shipping', { ecommerce_order_value_min: 0.1, ecommerce_order_value_max: 6 }],
    ['riches', { ecommerce_order_value_min: 9e6, ecommerce_order_value_max: 1e7 }],
    ['tax as high as the goods', { ecommerce_tax_rate: 1, ecommerce_order_value_max: 30 }],
    [
      'little money for many',
      {
        ecommerce_order_value_min: 0.01,
        ecommerce_order_value_max: 0.05,
        ecommerce_items_max: 9,
        ecommerce_tax_rate: 1,
      },
    ],
    [
      'money for one piece only',
      {
        ecommerce_order_value_min: 0.02,
        ecommerce_order_value_max: 0.02,
        ecommerce_items_max: 1,
        ecommerce_tax_rate: 1,
      },
    ],
    ['many at one cent', { ecommerce_order_value_min: 0.01, ecommerce_order_value_max: 0.4 }],
  ] satisfies [string, Partial<Settings>][])('hold for %s', (_, changes) => {
    for (const order of ordersOf(changes, 500)) checkOrder(order, settingsOf(changes));
  });

  it('never take a shipping rate that leaves no room for the goods', () => {
    const changes = {
      ecommerce_order_value_min: 0.01,
      ecommerce_order_value_max: 10,
      ecommerce_items_min: 2,
      ecommerce_tax_rate: 1,
      ecommerce_shipping_rates: [0, 9.96, 9.97, 9.99, 10],
    };
    const rates = new Set(ordersOf(changes, 2_000).map((order) => order.shipping_minor));
    expect([...rates].sort((a, b) => a - b)).toEqual([0, 996]);
  });

  it('are worth anything in the range', () => {
    const values = ordersOf({}, 10_000).map((order) => order.revenue_minor);
    const tenths = new Float64Array(10);
    for (const value of values) tenths[Math.floor((value - 1_599) / 2_840.1)]! += 1;
    expect(Math.min(...tenths)).toBeGreaterThan(100);
    const wanted = { ecommerce_order_value_min: 5_000, ecommerce_order_value_max: 5_001 };
    const cents = new Set(ordersOf(wanted, 2_000).map((order) => order.revenue_minor));
    expect(cents.size).toBe(101);
  });

  it('have one product more often than two, two more often than three', () => {
    const counts = [0, 0, 0, 0, 0];
    for (const { lines } of ordersOf({}, 20_000)) counts[lines.length - 1]! += 1;
    const shares = [16, 8, 4, 2, 1].map((part) => part / 31);
    expect(chiSquare(counts, shares)).toBeLessThan(chiSquareLimit(4));
  });

  it('use every shipping rate, every product and a discount now and then', () => {
    const wide = { ecommerce_order_value_max: 10_000 };
    const orders = ordersOf(wide, 20_000);
    const rates = Map.groupBy(orders, (order) => order.shipping_minor);
    expect([...rates.keys()].sort((a, b) => a - b)).toEqual([0, 599, 999, 1_599]);
    const skus = new Set(orders.flatMap(({ lines }) => lines.map((line) => line.product.sku)));
    expect(skus.size).toBe(products.length);
    const reduced = orders.filter((order) => order.discount_minor > 0);
    expect(sigmas(reduced.length, orders.length, 0.15)).toBeLessThan(3);
    const percents = reduced.map((o) => Math.round((100 * o.discount_minor) / o.subtotal_minor));
    expect([...new Set(percents)].sort((a, b) => a - b)).toEqual([5, 10, 15, 20]);
  });

  it('have numbers that no two visits share: the number tells the visit', () => {
    const numberOf = (index: number): string => {
      const orderOf = compileOrders(products.slice(0, 1), settingsOf({ ecommerce_items_max: 1 }));
      return orderOf(new Draws(1, index)).number;
    };
    const edges = [36, 36 ** 2, 36 ** 5, 36 ** 6, 36 ** 7, 2 ** 32, Number.MAX_SAFE_INTEGER - 1];
    const spread = Array.from({ length: 20_000 }, (_, n) => n * 53);
    const indices = [...spread, ...edges.flatMap((edge) => [edge - 1, edge, edge + 1])];
    for (const index of indices) {
      const number = numberOf(index);
      if (!/^[0-9A-Z]{6,11}$/.test(number)) expect.fail(`${index}: ${number}`);
      if (Number.parseInt(number, 36) !== index) expect.fail(`${index}: ${number}`);
    }
    expect(new Set(indices.map(numberOf)).size).toBe(new Set(indices).size);
  });
});

it('gives no two of a million orders the same number', () => {
  const numbers = new Set<string>();
  for (let visit = 0; visit < 900_000; visit++) numbers.add(orderNumber(visit, 0));
  // Some visits order again, in funnels and journeys.
  for (let visit = 0; visit < 50_000; visit++) {
    numbers.add(orderNumber(visit, 1));
    numbers.add(orderNumber(visit, 2));
  }
  expect(numbers.size).toBe(1_000_000);
});
