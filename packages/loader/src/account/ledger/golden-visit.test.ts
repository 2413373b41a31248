import { describe, expect, it } from 'vitest';
import { after, cart, ledgerOf, order, start_seconds } from '../../testing/ledger-hit.ts';
import type { LedgerHit } from './hit.ts';

const page = (seconds: number, path: string): LedgerHit =>
  after(seconds, { url: `https://shop.example${path}` });

/** A visit with one of everything, written down hit by hit. */
const goldenVisit: readonly LedgerHit[] = [
  page(0, '/?utm_campaign=spring&utm_medium=email'),
  after(40, { kind: 'search', keyword: 'shoes' }),
  page(65, '/p/sku1'),
  after(66, { kind: 'content' }),
  after(90, { kind: 'event', event: { category: 'cart', action: 'add', name: null } }),
  after(90, cart(5990)),
  page(150, '/cart'),
  page(220, '/checkout'),
  page(300, '/thanks'),
  after(300, order(6637)),
  after(330, { kind: 'ping' }),
];

describe('a visit with one of everything', () => {
  it('is one visit of seven actions', () => {
    const day = ledgerOf(goldenVisit).days().get('2026-06-10');
    expect(day).toMatchObject({
      visits: 1,
      unique_visitors: 1,
      new_visits: 1,
      actions: 7,
      max_actions: 7,
      bounces: 0,
      converted_visits: 1,
      sum_visit_length_seconds: 331,
      page_views: 5,
      unique_page_views: 5,
      searches: 1,
      keywords: 1,
      events: 1,
      content_impressions: 1,
      orders: 1,
      order_revenue_minor: 6637,
      order_items: 1,
      carts: 0,
      cart_revenue_minor: 0,
      campaign_visits: 1,
    });
  });

  it('lasts two seconds more for its order while no ping follows', () => {
    expect(ledgerOf(goldenVisit.slice(0, -1)).total().sum_visit_length_seconds).toBe(303);
  });

  it('is two visits when midnight falls after 120 seconds, and the cart stays abandoned', () => {
    const days = ledgerOf(
      goldenVisit.map((hit) => ({
        ...hit,
        at_seconds: hit.at_seconds - start_seconds + Date.UTC(2026, 5, 10, 23, 58) / 1000,
      })),
    ).days();
    expect([...days.keys()]).toEqual(['2026-06-10', '2026-06-11']);
    expect(days.get('2026-06-10')).toMatchObject({
      visits: 1,
      new_visits: 1,
      actions: 4,
      page_views: 2,
      searches: 1,
      events: 1,
      sum_visit_length_seconds: 91,
      converted_visits: 0,
      carts: 1,
      cart_revenue_minor: 5990,
      orders: 0,
      campaign_visits: 1,
    });
    expect(days.get('2026-06-11')).toMatchObject({
      visits: 1,
      new_visits: 0,
      returning_visits: 1,
      returning_actions: 3,
      unique_visitors: 1,
      actions: 3,
      page_views: 3,
      sum_visit_length_seconds: 181,
      converted_visits: 1,
      carts: 0,
      orders: 1,
      order_revenue_minor: 6637,
      direct_visits: 1,
    });
  });
});
