import { defaultSettings, type Settings } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { everyKind, funnelsOf } from '../../testing/funnel-material.ts';
import { materialWithPlugins } from '../../testing/journey-material.ts';
import { chiSquare, chiSquareLimit, sigmas } from '../../testing/statistics.ts';
import { builtinMaterial } from '../material/builtin.ts';
import type { Material } from '../material/material.ts';
import { compilePlan } from '../plan.ts';
import type { Visit } from '../visit.ts';
import { ways } from './personas/personas.ts';

function visitsOf(changes: Partial<Settings>, count: number, material?: Material): Visit[] {
  const settings = { ...defaultSettings, ...changes };
  const plan = compilePlan(settings, material ?? builtinMaterial(), 21);
  return Array.from({ length: count }, (_, index) => plan(index));
}
const kindsOf = ({ hits }: Visit) => hits.map(({ kind }) => kind);
const pagesOf = (visit: Visit) => kindsOf(visit).filter((kind) => kind === 'pageview').length;

describe('journeys', () => {
  it('get the share of the visits and the weights that are set', () => {
    const count = 200_000;
    const counts = new Map<string, number>();
    const settings: Settings = { ...defaultSettings, journey_share: 0.4 };
    const plan = compilePlan(settings, builtinMaterial(), 5);
    for (let index = 0; index < count; index++) {
      const { journey = 'none', faults } = plan(index);
      if (faults !== undefined) expect.fail(faults[0]?.message);
      counts.set(journey, (counts.get(journey) ?? 0) + 1);
    }
    const names = ['none', 'researcher', 'buyer', 'casual'];
    const found = names.map((name) => counts.get(name) ?? 0);
    expect(counts.size).toBe(4);
    expect(chiSquare(found, [0.6, 0.1, 0.06, 0.24])).toBeLessThan(chiSquareLimit(3));
  });

  it('are nobody’s at 0 and everybody’s at 1, but never take a funnel’s visits', () => {
    const material = { ...builtinMaterial(), funnels: funnelsOf([everyKind]) };
    for (const visit of visitsOf({ journey_share: 1 }, 50, material)) {
      expect([visit.journey, visit.funnel?.name]).toEqual([undefined, 'Everything']);
    }
    const share = (journey_share: number) =>
      visitsOf({ journey_share }, 500).filter(({ journey }) => journey !== undefined).length;
    expect([share(0), share(1)]).toEqual([0, 500]);
  });

  it('leave visits without one as they are', () => {
    const without = visitsOf({}, 2_000);
    const some = visitsOf({ journey_share: 0.5 }, 2_000);
    const others = some.filter(({ journey }) => journey === undefined);
    expect(others.length).toBeGreaterThan(800);
    for (const visit of others) expect(visit).toEqual(without[visit.index]);
    for (const visit of some) expect(visit.visitor).toEqual(without[visit.index]?.visitor);
  });

  it('of a plugin and of a file weigh what they say, unless JOURNEYS names them', () => {
    const journey = (name: string, weight?: number) => ({
      name,
      ...(weight !== undefined && { weight }),
      visit: (v: { view: (page: string) => void }) => v.view(`/${name}`),
    });
    const material = materialWithPlugins(
      [{ name: 'p', journeys: [journey('usual'), journey('heavy', 40), journey('off', 9)] }],
      { journeys: [{ name: 'filed', weight: 20 }] },
    );
    const changes = { journey_share: 1, journeys: 'buyer:30,off:0' };
    const counts = Map.groupBy(visitsOf(changes, 20_000, material), ({ journey = '' }) => journey);
    const names = ['buyer', 'filed', 'usual', 'heavy'];
    expect([...counts.keys()].sort()).toEqual([...names].sort());
    const found = names.map((name) => counts.get(name)?.length ?? 0);
    expect(chiSquare(found, [0.3, 0.2, 0.1, 0.4])).toBeLessThan(chiSquareLimit(3));
  });
});

describe.each(Object.entries(ways))('the %s', (name, way) => {
  const visits = visitsOf({ journey_share: 1, journeys: `${name}:1` }, 20_000);
  const stayed = visits.filter((visit) => pagesOf(visit) > 1);
  const with_ = (kind: string, among: readonly Visit[]) =>
    among.filter((visit) => kindsOf(visit).includes(kind as 'order'));

  it('bounces, searches, clicks and downloads as often as it should', () => {
    const shares = {
      search: way.search_share,
      event: way.event_share,
      download: way.download_share,
      outlink: way.outlink_share,
    };
    expect(sigmas(visits.length - stayed.length, visits.length, way.bounce_share)).toBeLessThan(3);
    for (const [kind, share] of Object.entries(shares)) {
      const found = with_(kind, stayed).length;
      expect(sigmas(found, stayed.length, share), kind).toBeLessThan(3.5);
      expect(with_(kind, visits).length).toBe(found);
    }
  });

  it('looks at products, fills carts and orders or abandons them at its rates', () => {
    const lookers = stayed.filter(({ hits }) =>
      hits.some(({ detail }) => detail !== null && 'product' in detail),
    );
    const carts = with_('cart', stayed);
    const orders = with_('order', stayed);
    expect(sigmas(lookers.length, stayed.length, way.product_share)).toBeLessThan(3);
    expect(sigmas(carts.length, lookers.length, way.cart_share)).toBeLessThan(3);
    expect(sigmas(orders.length, carts.length, way.order_share)).toBeLessThan(3);
    for (const visit of orders) {
      const kinds = kindsOf(visit);
      expect(kinds.filter((kind) => kind === 'order')).toHaveLength(1);
      expect(kinds.lastIndexOf('cart')).toBeLessThan(kinds.indexOf('order'));
    }
  });

  it('sees a page after it has searched, and stays within its pages and its time', () => {
    for (const visit of stayed) {
      const kinds = kindsOf(visit);
      const searched = kinds.indexOf('search');
      if (searched >= 0) expect(kinds.indexOf('pageview', searched)).toBeGreaterThan(searched);
      const pages = visit.hits.filter(
        ({ kind, detail }) => kind === 'pageview' && !(detail !== null && 'product' in detail),
      );
      expect(pages.length).toBeGreaterThanOrEqual(2);
      expect(pages.length).toBeLessThanOrEqual(way.pages_max);
      expect(visit.duration_ms).toBeLessThan(60 * 60_000);
    }
  });
});

describe('the pages of a journey', () => {
  const visits = visitsOf({ journey_share: 1 }, 20_000);
  const pathOf = (url: string) => new URL(url).pathname.split('/');

  it('are mostly of the section that the visitor is in', () => {
    const steps = visits.flatMap(({ hits }) => {
      const pages = hits.filter(({ kind }) => kind === 'pageview');
      return pages.slice(1).flatMap((hit, at) => {
        const [from, to] = [pages[at]?.page.url.raw ?? '', hit.page.url.raw];
        const isProduct = `${from} ${to}`.includes('/product/');
        return isProduct ? [] : [pathOf(from)[1] === pathOf(to)[1]];
      });
    });
    const stayed = steps.filter(Boolean).length;
    expect(sigmas(stayed, steps.length, 0.7)).toBeLessThan(3);
  });

  it('have a long tail: by Zipf’s law in the order of the list', () => {
    const entries = visits.map(({ hits }) => hits[0]?.page.url.raw ?? '');
    const own = builtinMaterial()
      .pages.map(({ url }) => url.raw)
      .filter((url) => pathOf(url)[1] === 'blog');
    const counts = Map.groupBy(entries, (url) => url.split('?')[0] ?? '');
    const found = own.map((url) => counts.get(url)?.length ?? 0);
    const weights = own.map((_, rank) => 1 / (rank + 1));
    const sum = weights.reduce((a, b) => a + b);
    // Ranks with few expected visits are looked at together.
    const head = 20;
    const rest = (list: readonly number[]) => list.slice(head).reduce((a, b) => a + b, 0);
    const shares = weights.map((weight) => weight / sum);
    const observed = [...found.slice(0, head), rest(found)];
    const wanted = [...shares.slice(0, head), rest(shares)];
    expect(chiSquare(observed, wanted)).toBeLessThan(chiSquareLimit(head));
  });
});
