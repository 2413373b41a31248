import { defaultSettings, realisedShares } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import {
  event,
  everyKind,
  exampleFunnels,
  materialWith,
  page,
} from '../../testing/funnel-material.ts';
import { sigmas } from '../../testing/statistics.ts';
import { builtinMaterial } from '../material/builtin.ts';
import { compilePlan } from '../plan.ts';
import type { Conversion, Hit, Link, Visit } from '../visit.ts';

const settings = { ...defaultSettings, ecommerce_probability: 0.5 };
const planOf = (funnels: readonly unknown[], seed = 5) =>
  compilePlan(settings, materialWith(funnels), seed);
const visitsOf = (funnels: readonly unknown[], count: number): Visit[] => {
  const plan = planOf(funnels);
  return Array.from({ length: count }, (_, index) => plan(index));
};
const always = (funnel: unknown) => ({ ...(funnel as object), probability: 1 });
const hostOf = (hit: Hit) => new URL(hit.page.url.raw).pathname;

/** What a hit is, in one word and where. */
const brief = (hit: Hit) => `${hit.kind} ${hostOf(hit)}`;

describe('the example funnels', () => {
  const [purchase, lead, discovery] = exampleFunnels();

  it.each([
    [
      purchase,
      [
        'pageview /',
        'event /',
        'pageview /product/widget',
        'event /product/widget',
        'pageview /checkout',
        'order /order/complete',
        'ping /checkout',
      ],
    ],
    [
      lead,
      [
        'pageview /blog/marketing-trends',
        'outlink /blog/marketing-trends',
        'pageview /resources/marketing-guide',
        'event /resources/marketing-guide',
        'ping /resources/marketing-guide',
      ],
    ],
  ])('are walked exactly as they stand', (funnel, steps) => {
    for (const visit of visitsOf([always(funnel)], 200)) {
      expect(visit.hits.map(brief)).toEqual(steps);
      expect(visit.funnel?.steps).toEqual(visit.hits.slice(0, -1));
    }
  });

  it('go on in the same visit with what the visit would be without the funnel', () => {
    const without = compilePlan(settings, builtinMaterial(), 5);
    for (const visit of visitsOf([always(discovery)], 200)) {
      const steps = ['pageview /', 'search /', 'pageview /blog/web-analytics-basics'];
      expect(visit.hits.slice(0, 4).map(brief)).toEqual([
        ...steps,
        'event /blog/web-analytics-basics',
      ]);
      const plain = without(visit.index);
      const later = visit.hits.slice(4);
      const shift = visit.duration_ms - plain.duration_ms;
      expect(visit.visitor).toEqual(plain.visitor);
      expect(later.map(({ kind, page: at }) => [kind, at])).toEqual(
        plain.hits.map(({ kind, page: at }) => [kind, at]),
      );
      expect(later.map(({ offset_ms }) => offset_ms)).toEqual(
        plain.hits.map(({ offset_ms }) => offset_ms + shift),
      );
      expect(later[0]?.referrer).toBe(visit.hits[3]?.page.url);
      expect(later[0]?.pause_ms).toBe((later[0]?.offset_ms ?? 0) - (visit.hits[3]?.offset_ms ?? 0));
      const views = visit.hits.filter(({ kind }) => kind === 'pageview');
      expect(new Set(views.map(({ pageview_id }) => pageview_id)).size).toBe(views.length);
    }
  });

  it('say what their files say', () => {
    const [visit] = visitsOf([always(purchase)], 1);
    expect(visit?.hits[0]?.page.title.raw).toBe('Landing Page');
    expect(visit?.hits[1]?.detail).toMatchObject({
      category: { raw: 'CTA' },
      action: { raw: 'Click' },
      name: { raw: 'Hero CTA' },
      value: null,
    });
    const [found] = visitsOf([always(discovery)], 1);
    expect(found?.hits[1]?.detail).toEqual({
      term: {
        keyword: { raw: 'analytics', encoded: 'analytics' },
        category: { raw: 'Resources', encoded: 'Resources' },
      },
      results: 12,
    });
  });

  it('get the shares that their order leaves them', () => {
    const visits = visitsOf(exampleFunnels(), 20_000);
    const shares = realisedShares(materialWith(exampleFunnels()).funnels);
    expect(shares.map(({ share }) => Math.round(share * 10_000))).toEqual([3500, 1625, 1950]);
    for (const { name, share } of shares) {
      const count = visits.filter(({ funnel }) => funnel?.name === name).length;
      expect(sigmas(count, visits.length, share), name).toBeLessThan(3);
    }
  });

  it('leave the other visits as they are without them', () => {
    const without = compilePlan(settings, builtinMaterial(), 5);
    const others = visitsOf(exampleFunnels(), 500).filter(({ funnel }) => funnel === undefined);
    expect(others.length).toBeGreaterThan(100);
    for (const visit of others) {
      expect(JSON.stringify(visit)).toBe(JSON.stringify(without(visit.index)));
    }
  });
});

describe('a visit with a funnel', () => {
  it('is the same to the byte, whenever and in whatever order it is asked for', () => {
    const funnels = [{ ...everyKind, probability: 0.5, exit_after_completion: false }];
    const forward = visitsOf(funnels, 300).map((visit) => JSON.stringify(visit));
    const other = planOf(funnels);
    for (let index = 299; index >= 0; index--) {
      expect(JSON.stringify(other(index))).toBe(forward[index]);
    }
    expect(forward.filter((text) => text.includes('"funnel"')).length).toBeGreaterThan(100);
  });

  it('has a hit for each step, of its kind, on its page', () => {
    for (const visit of visitsOf([everyKind], 100)) {
      expect(visit.hits.map(brief)).toEqual([
        'pageview /start',
        'content /start',
        'interaction /start',
        'search /start',
        'pageview /found',
        'event /found',
        'outlink /found',
        'download /found',
        'cart /found',
        'cart /found',
        'pageview /checkout',
        'order /done',
        'goal /checkout',
        'goal /checkout',
        'goal /checkout',
        'order /checkout',
        'cart /checkout',
        'ping /checkout',
      ]);
      const ids = visit.hits.map(({ pageview_id }) => pageview_id);
      expect(new Set(ids).size).toBe(3);
      expect(new Set(ids.slice(4, 10)).size).toBe(1);
      expect((visit.hits[7]!.detail as Link).url.raw).toBe(
        'https://shop.example.test/files/guide.pdf',
      );
      expect((visit.hits[12]!.detail as Conversion).revenue_minor).toBeNull();
      expect((visit.hits[13]!.detail as Conversion).revenue_minor).toBe(1250);
    }
  });

  it('names the page before, the page of a link, and no page for a foreign link of a direct visit', () => {
    for (const visit of visitsOf([everyKind], 100)) {
      const [start, , , , found, , outlink, download, , , , order] = visit.hits;
      const direct = start?.referrer === null;
      expect(visit.hits[1]?.referrer).toBe(start?.referrer);
      expect(found?.referrer).toBe(start?.page.url);
      expect(outlink?.referrer).toBe(direct ? null : found?.page.url);
      expect(download?.referrer).toBe(found?.page.url);
      expect(order?.referrer?.raw).toBe('https://shop.example.test/checkout');
    }
  });

  it('waits as long as it says: in simulated time and really', () => {
    const steps = [
      page('/a', { delay_seconds_min: 2, delay_seconds_max: 3 }),
      event('x', { delay_seconds_min: 7 }),
      page('/b', { delay_seconds_max: 0.5 }),
    ];
    const delays = [0, 1, 2].map(() => [] as number[]);
    for (const visit of visitsOf([{ name: 'w', probability: 1, steps }], 400)) {
      for (const [n, hit] of visit.hits.entries()) {
        const before = visit.hits[n - 1];
        expect(hit.pause_ms).toBe(before === undefined ? 0 : hit.offset_ms - before.offset_ms);
        if (before !== undefined) delays[n - 1]?.push(hit.pause_ms);
      }
      expect(visit.duration_ms).toBe(visit.hits.at(-1)?.offset_ms);
    }
    const range = (n: number) => [Math.min(...delays[n]!), Math.max(...delays[n]!)];
    expect(range(0)[0]).toBeGreaterThanOrEqual(2000);
    expect(range(0)[0]).toBeLessThan(2050);
    expect(range(0)[1]).toBeLessThanOrEqual(3000);
    expect(range(1)).toEqual([7000, 7000]);
    expect(range(2)[1]).toBeLessThanOrEqual(500);
  });

  it('ends where visitors drop off, and only a share of them does', () => {
    const steps = [page('/a', { drop_off: 0.3 }), page('/b', { drop_off: 0.5 }), page('/c')];
    const funnel = { name: 'd', probability: 1, exit_after_completion: false, steps };
    const visits = visitsOf([funnel], 10_000);
    const reached = (n: number) => visits.filter(({ funnel: f }) => (f?.steps.length ?? 0) > n);
    expect(sigmas(reached(1).length, 10_000, 0.7)).toBeLessThan(3);
    expect(sigmas(reached(2).length, 10_000, 0.35)).toBeLessThan(3);
    for (const visit of visits) {
      const taken = visit.funnel?.steps.length ?? 0;
      if (taken === 3) expect(visit.hits.length).toBeGreaterThan(4);
      else
        expect(visit.hits.map(({ kind }) => kind)).toEqual([
          ...Array(taken).fill('pageview'),
          'ping',
        ]);
    }
  });

  it('calls a page what the step says, else what the material says, else what its path says', () => {
    const known = builtinMaterial().pages[7];
    const url = known?.url.raw;
    const titles = [
      { url, title: 'T', action_name: 'A' },
      { url, action_name: 'A' },
      { url },
      { url: 'https://shop.example.test/new/blue_jacket.html' },
    ].map((step) => {
      const funnel = { name: 't', probability: 1, steps: [{ type: 'pageview', ...step }] };
      return visitsOf([funnel], 1)[0]?.hits[0]?.page.title.raw;
    });
    expect(titles).toEqual(['T', 'A', known?.title.raw, 'Blue jacket – New']);
  });
});
