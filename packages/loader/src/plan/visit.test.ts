import { defaultSettings, type Settings } from '@trafficinator/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtinMaterial } from './material/builtin.ts';
import { compilePlan } from './plan.ts';
import type { Hit, Visit } from './visit.ts';

const material = builtinMaterial();
const probability = fc.constantFrom(0, 0.1, 0.5, 1);

/** Settings that may change the shape of a visit, odd ones among them. */
const shapes: fc.Arbitrary<Settings> = fc
  .record({
    pages: fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 5 })),
    minutes: fc.tuple(fc.constantFrom(0, 0.001, 1, 29), fc.constantFrom(0, 3, 100)),
    p: fc.tuple(probability, probability, probability, probability, probability, probability),
    direct: probability,
  })
  .map(({ pages, minutes, p, direct }) => ({
    ...defaultSettings,
    pageviews_min: pages[0],
    pageviews_max: pages[0] + pages[1],
    visit_duration_min: minutes[0],
    visit_duration_max: minutes[0] + minutes[1],
    sitesearch_probability: p[0],
    outlinks_probability: p[1],
    downloads_probability: p[2],
    click_events_probability: p[3],
    random_events_probability: p[4],
    ecommerce_probability: p[5],
    direct_traffic_probability: direct,
  }));

/** Checks something of the first visits of many plans. */
function forVisits(check: (visit: Visit, views: readonly Hit[], settings: Settings) => void): void {
  const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
  fc.assert(
    fc.property(shapes, seeds, (settings, seed) => {
      const plan = compilePlan(settings, material, seed);
      for (let index = 0; index < 20; index++) {
        const visit = plan(index);
        const views = visit.hits.filter((hit) => hit.kind === 'pageview');
        check(visit, views, settings);
      }
    }),
    { seed: 41, numRuns: 120 },
  );
}

describe('a visit', () => {
  it('begins with a plain page view and ends with a ping on its last page', () => {
    forVisits((visit, views) => {
      const first = visit.hits[0]!;
      const last = visit.hits.at(-1)!;
      expect(first.kind).toBe('pageview');
      expect(first.offset_ms).toBe(0);
      expect(first.pause_ms).toBe(0);
      expect(visit.hits.filter((hit) => hit.kind === 'ping')).toEqual([last]);
      expect(last.offset_ms).toBe(visit.duration_ms);
      expect(last.detail).toBeNull();
      expect(last.pageview_id).toBe(views.at(-1)?.pageview_id);
      expect(last.page).toBe(views.at(-1)?.page);
    });
  });

  it('never goes back in time, and stays within its range', () => {
    forVisits((visit, _, settings) => {
      let before = 0;
      for (const hit of visit.hits) {
        expect(Number.isInteger(hit.offset_ms)).toBe(true);
        expect(hit.offset_ms).toBeGreaterThanOrEqual(before);
        before = hit.offset_ms;
      }
      expect(before).toBe(visit.duration_ms);
      expect(before).toBeGreaterThanOrEqual(Math.floor(settings.visit_duration_min * 60_000));
      expect(before).toBeLessThanOrEqual(Math.ceil(settings.visit_duration_max * 60_000));
    });
  });

  it('goes from page to page: each names the one before as its referrer', () => {
    forVisits((_, views, settings) => {
      for (const [n, view] of views.entries()) {
        if (n > 0) expect(view.referrer).toBe(views[n - 1]?.page.url);
      }
      const entry = views[0]?.referrer;
      if (settings.direct_traffic_probability === 1) expect(entry).toBeNull();
      if (settings.direct_traffic_probability === 0) expect(entry).not.toBeNull();
    });
  });

  it('does everything on a page that is open, between that page and the next', () => {
    forVisits((visit, views) => {
      let page = -1;
      for (const hit of visit.hits) {
        if (hit.kind === 'pageview') page++;
        const open = views[page]!;
        expect(hit.pageview_id).toBe(open.pageview_id);
        expect(hit.page).toBe(open.page);
        expect(hit.offset_ms).toBeGreaterThanOrEqual(open.offset_ms);
        const next = views[page + 1]?.offset_ms ?? visit.duration_ms;
        expect(hit.offset_ms).toBeLessThanOrEqual(next);
        if (hit.kind !== 'pageview') expect(hit.pause_ms).toBe(0);
      }
    });
  });

  it('searches before its last page, clicks after its first, does nothing else on one page', () => {
    forVisits((visit, views) => {
      const at = (hit: Hit) => views.findIndex((view) => view.pageview_id === hit.pageview_id);
      for (const hit of visit.hits) {
        if (hit.kind === 'pageview' || hit.kind === 'ping') continue;
        expect(views.length).toBeGreaterThan(1);
        if (hit.kind === 'search') expect(at(hit)).toBeLessThan(views.length - 1);
        else expect(at(hit)).toBeGreaterThan(0);
      }
    });
  });

  it('orders on its last page, after everything else but the ping, once at most', () => {
    forVisits((visit, views, settings) => {
      const orders = visit.hits.filter((hit) => hit.kind === 'order');
      const p = settings.ecommerce_probability;
      if (p === 0) expect(orders).toEqual([]);
      if (p === 1) expect(orders).toHaveLength(views.length > 1 ? 1 : 0);
      expect(orders.length).toBeLessThanOrEqual(1);
      if (orders.length === 0) return;
      expect(visit.hits.at(-2)).toBe(orders[0]);
      expect(orders[0]?.pageview_id).toBe(views.at(-1)?.pageview_id);
      expect(orders[0]?.referrer).toBe(views.at(-1)?.referrer);
    });
  });

  it('has hits of one shape', () => {
    const keys = 'detail kind offset_ms page pageview_id pause_ms referrer';
    forVisits((visit) => {
      for (const hit of visit.hits) expect(Object.keys(hit).sort().join(' ')).toBe(keys);
    });
  });
});
