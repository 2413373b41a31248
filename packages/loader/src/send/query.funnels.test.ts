import { defaultSettings } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { encoded } from '../plan/material/material.ts';
import { compilePlan } from '../plan/plan.ts';
import type { HitDetail, HitKind } from '../plan/visit.ts';
import { everyKind, materialWith } from '../testing/funnel-material.ts';
import { hitPart, type QueryOptions } from './query.ts';

const options: QueryOptions = { site_id: 1, with_location: true, order_prefix: 'T-' };
const [first] = compilePlan(defaultSettings, materialWith([everyKind]), 1)(0).hits;
const page = first!;
const of = (kind: HitKind, detail: HitDetail) =>
  Object.fromEntries(new URLSearchParams(hitPart({ ...page, kind, detail }, options)));
const common = {
  url: page.page.url.raw,
  pv_id: page.pageview_id,
  ...(page.referrer !== null && { urlref: page.referrer.raw }),
};

const text = encoded('50 % & more');
const product = { sku: 'A"1', name: 'Tea, green', category: 'Home & Garden', price_minor: 1 };

describe('the query of a hit that only funnels make', () => {
  it.each<[string, HitKind, HitDetail, object]>([
    [
      'content that is shown',
      'content',
      { name: text, piece: null, target: encoded('/offer'), interaction: null },
      { c_n: text.raw, c_t: '/offer' },
    ],
    [
      'an interaction with content',
      'interaction',
      { name: text, piece: text, target: null, interaction: encoded('click') },
      { c_n: text.raw, c_p: text.raw, c_i: 'click' },
    ],
    ['a goal', 'goal', { goal: 7, revenue_minor: null }, { idgoal: '7' }],
    [
      'a goal with a revenue',
      'goal',
      { goal: 7, revenue_minor: 1_205 },
      { idgoal: '7', revenue: '12.05' },
    ],
  ])('says what Matomo reads: %s', (_, kind, detail, own) => {
    expect(of(kind, detail)).toEqual({ ...common, ...own });
  });

  it('of a cart has the whole of it, and no order’s id', () => {
    const lines = [
      { product, price_minor: 1_205, quantity: 2 },
      { product: { ...product, sku: 'B' }, price_minor: 5, quantity: 1 },
    ];
    const { ec_items: items, ...rest } = of('cart', { lines, revenue_minor: 2_415 });
    expect(rest).toEqual({ ...common, idgoal: '0', revenue: '24.15' });
    expect(JSON.parse(items ?? '')).toEqual([
      ['A"1', 'Tea, green', 'Home & Garden', 12.05, 2],
      ['B', 'Tea, green', 'Home & Garden', 0.05, 1],
    ]);
  });
});
