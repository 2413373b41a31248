import { describe, expect, it } from 'vitest';
import { examplePlan } from '../../packages/loader/src/testing/example-plan.ts';
import { sigmas } from '../../packages/loader/src/testing/statistics.ts';

const visits = 20_000;
const plan = examplePlan('flash-sale', 'sale-hunter:1');
const planned = Array.from({ length: visits }, (_, index) => plan(index));

describe('the flash sale', () => {
  it('is where all its visits begin, and none fails', () => {
    for (const { faults, journey, hits } of planned) {
      if (faults !== undefined) expect.fail(faults[0]?.message);
      expect(journey).toBe('sale-hunter');
      expect(hits[0]?.page.url.raw).toMatch(/^https:\/\/shop\.example\.test\/sale\/flash-sale/);
      expect(hits[0]?.dimensions).toBe('&dimension1=sale');
    }
  });

  it('loses as many visitors on its first page as it says', () => {
    const gone = planned.filter(({ hits }) => hits.map(({ kind }) => kind).join() === bounce);
    expect(sigmas(gone.length, visits, 0.35)).toBeLessThan(3);
  });

  it('sells at a lower price what is in the cart', () => {
    const ordered = planned.filter(({ hits }) => hits.some(({ kind }) => kind === 'order'));
    expect(ordered.length).toBeGreaterThan(visits / 20);
    for (const { hits } of ordered) {
      const cart = hits.findLast(({ kind }) => kind === 'cart')?.detail;
      const order = hits.find(({ kind }) => kind === 'order')?.detail;
      if (cart == null || order == null || !('number' in order) || !('lines' in cart)) {
        expect.fail('an order without a cart');
      }
      expect(order.lines).toEqual(cart.lines);
      expect(order.shipping_minor).toBe(499);
      for (const { product, price_minor } of order.lines) {
        expect(price_minor).toBe(Math.round(product.price_minor * 0.8));
      }
    }
  });
});

const bounce = 'pageview,content,ping';
