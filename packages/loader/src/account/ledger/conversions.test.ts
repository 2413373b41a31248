import { describe, expect, it } from 'vitest';
import { after, cart, order, totalOf } from '../../testing/ledger-hit.ts';
import type { LedgerHit } from './hit.ts';
import type { LedgerGoal } from './site.ts';

const goal = (changes: Partial<LedgerGoal>): LedgerGoal => ({
  id: 1,
  match: 'manually',
  pattern: '',
  pattern_type: 'contains',
  case_sensitive: false,
  allow_multiple: false,
  revenue_minor: 0,
  ...changes,
});
const convert = (id: number, revenue_minor: number | null = null): Partial<LedgerHit> => ({
  kind: 'goal',
  conversion: { goal: id, revenue_minor },
});

describe('an order', () => {
  it('adds two seconds to a known visitor’s visit from its first hit on, to no other', () => {
    expect(totalOf([after(0, order(100))])).toMatchObject({
      visits: 1,
      actions: 0,
      bounces: 1,
      returning_visits: 1,
      sum_visit_length_seconds: 0,
    });
    expect(totalOf([after(0), after(7_200, order(100))]).sum_visit_length_seconds).toBe(2);
  });

  it('takes the visit’s cart, and the next cart is abandoned again', () => {
    const hits = [after(0, cart(500, 2)), after(10, cart(900, 3)), after(20, order(900))];
    expect(totalOf(hits)).toMatchObject({ carts: 0, cart_revenue_minor: 0, cart_items: 0 });
    expect(totalOf([...hits, after(30, cart(200))])).toMatchObject({
      orders: 1,
      carts: 1,
      cart_revenue_minor: 200,
      cart_items: 1,
    });
  });

  it('leaves the cart of an earlier visit abandoned', () => {
    const hits = [after(0, cart(500)), after(7_200), after(7_300, order(500))];
    expect(totalOf(hits)).toMatchObject({ carts: 1, orders: 1, converted_visits: 1 });
  });

  it('counts twice in a visit that is counted once', () => {
    const hits = [after(0, order(100)), after(10, order(250))];
    expect(totalOf(hits)).toMatchObject({
      orders: 2,
      order_visits: 1,
      converted_visits: 1,
      order_revenue_minor: 350,
      conversions: 2,
      conversion_revenue_minor: 350,
    });
  });

  it('converts the visit of a site that reports no conversions', () => {
    const hits = [after(0), after(10, order(100)), after(20, cart(50))];
    expect(totalOf(hits, { ecommerce: false })).toMatchObject({
      converted_visits: 1,
      orders: 0,
      carts: 0,
      conversions: 0,
    });
  });
});

describe('a goal', () => {
  it('counts once a visit, with its own revenue unless the hit says one', () => {
    const site = { goals: [goal({ revenue_minor: 1000 })] };
    const once = totalOf([after(0, convert(1)), after(10, convert(1))], site);
    expect(once.goals.get(1)).toEqual({ conversions: 1, visits: 1, revenue_minor: 1000 });
    const again = totalOf([after(0, convert(1, 0)), after(7_200, convert(1, 55))], site);
    expect(again.goals.get(1)).toEqual({ conversions: 2, visits: 2, revenue_minor: 55 });
  });

  it('that allows it counts every time', () => {
    const site = { goals: [goal({ allow_multiple: true, revenue_minor: 7 })] };
    const total = totalOf([after(0, convert(1)), after(10, convert(1))], site);
    expect(total.goals.get(1)).toEqual({ conversions: 2, visits: 1, revenue_minor: 14 });
    expect(total).toMatchObject({ conversions: 2, conversion_revenue_minor: 14 });
  });

  it('adds its id and two seconds, even when it does not count', () => {
    const hits = [after(0), after(10, convert(5)), after(20, convert(5))];
    expect(totalOf(hits).sum_visit_length_seconds).toBe(21 + 7);
  });

  it.each<[LedgerGoal['match'], Partial<LedgerHit>]>([
    ['url', { url: 'https://shop.example/Thanks?x=1' }],
    ['title', { title: 'Thanks a lot' }],
    ['file', { kind: 'download', link: 'https://shop.example/thanks.pdf' }],
    ['external_website', { kind: 'outlink', link: 'https://thanks.example/' }],
    ['event_category', { kind: 'event', event: { category: 'thanks', action: 'a', name: null } }],
    ['event_action', { kind: 'event', event: { category: 'c', action: 'thanks', name: null } }],
    ['event_name', { kind: 'event', event: { category: 'c', action: 'a', name: 'thanks' } }],
  ])('is reached by %s', (match, changes) => {
    const hits = [after(0), after(10, changes)];
    const pattern = { match, pattern: 'thanks' };
    const total = totalOf(hits, { goals: [goal(pattern)] });
    expect(total.goals.get(1)?.conversions).toBe(1);
    expect(total).toMatchObject({ converted_visits: 1, sum_visit_length_seconds: 12 });
    const cased = totalOf(hits, {
      goals: [goal({ match, pattern: 'THANKS', case_sensitive: true })],
    });
    expect(cased.conversions).toBe(0);
    const manual = totalOf(hits, { goals: [goal({ pattern: 'thanks' })] });
    expect(manual.conversions).toBe(0);
  });

  it('is matched exactly or by a regular expression', () => {
    const hits = [after(0, { url: 'https://shop.example/a/1' })];
    const found = (pattern: string, pattern_type: LedgerGoal['pattern_type']) =>
      totalOf(hits, { goals: [goal({ match: 'url', pattern, pattern_type })] }).conversions;
    expect(found('https://shop.example/A/1', 'exact')).toBe(1);
    expect(found('/a/1', 'exact')).toBe(0);
    expect(found('/a/\\d$', 'regex')).toBe(1);
    expect(found('/b/\\d$', 'regex')).toBe(0);
  });

  it('on a page is not reached by a search there, nor by an order', () => {
    const site = { goals: [goal({ match: 'url', pattern: '/thanks' })] };
    const url = 'https://shop.example/thanks';
    const hits = [
      after(0, { url: `${url}?q=boots` }),
      after(5, { kind: 'search', keyword: 'x', url }),
      after(10, { url, ...order(100) }),
    ];
    expect(totalOf(hits, site).goals.get(1)).toBeUndefined();
    expect(totalOf(hits, { ...site, sitesearch: false }).goals.get(1)?.conversions).toBe(1);
  });
});
