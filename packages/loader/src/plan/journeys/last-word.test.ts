import { defaultSettings, type Settings } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { everyKind, funnelsOf } from '../../testing/funnel-material.ts';
import { everything, materialWithPlugins } from '../../testing/journey-material.ts';
import { compilePlan, type Plan } from '../plan.ts';
import type { PlannedHit, Plugin } from './interface.ts';

type Hits = NonNullable<Plugin['hits']>;
const settings: Settings = {
  ...defaultSettings,
  channels: { search: 1, campaign: 1 },
  journey_share: 0.5,
  journeys: 'researcher:0,buyer:0,casual:0,own:1',
};
function planWith(...hooks: readonly Hits[]): Plan {
  const plugins = hooks.map((hits, at) => ({ name: `p${at}`, hits }));
  const journeys = [{ name: 'own', visit: everything }];
  const material = {
    ...materialWithPlugins([{ name: 'own', journeys }, ...plugins]),
    funnels: funnelsOf([{ ...everyKind, probability: 0.3 }]),
  };
  return compilePlan(settings, material, 2);
}
const plain = planWith();
const indices = Array.from({ length: 200 }, (_, index) => index);

describe('the last word on a visit’s hits', () => {
  it('changes nothing when nothing is returned, or the hits as they were', () => {
    const plan = planWith(
      () => undefined,
      ({ hits }) => hits,
      ({ hits }) => [...hits],
    );
    for (const index of indices) expect(plan(index)).toEqual(plain(index));
  });

  it('makes the same visit of copies, but for what loads and pauses are drawn', () => {
    const plan = planWith(({ hits }) => hits.map((hit) => ({ ...hit })));
    for (const index of indices) {
      const [before, after] = [plain(index), plan(index)];
      expect(after.faults).toBeUndefined();
      const facts = (visit: typeof after) =>
        visit.hits.map(({ kind, offset_ms, page, dimensions }) => ({
          kind,
          offset_ms,
          url: page.url.raw,
          title: page.title.raw,
          dimensions,
        }));
      expect(facts(after)).toEqual(facts(before));
      expect(after.duration_ms).toBe(before.duration_ms);
    }
  });

  it('may leave hits out: the steps of a funnel and the pages that remain are right', () => {
    const plan = planWith(({ hits }) =>
      hits.filter(({ kind }, at) => at === 0 || kind !== 'pageview'),
    );
    for (const index of indices) {
      const { hits, funnel, faults } = plan(index);
      expect(faults).toBeUndefined();
      expect(new Set(hits.map(({ pageview_id }) => pageview_id)).size).toBe(1);
      if (funnel === undefined) continue;
      const left = funnel.steps.filter((step) => step !== null);
      expect(left).toEqual(hits.slice(0, left.length));
    }
  });

  it('may add hits and pages, which are made like the others', () => {
    const plan = planWith(({ hits }, { random }) => {
      const last = hits.at(-1) as PlannedHit;
      const page = { url: 'https://shop.example.test/more', title: 'More' };
      const at = { offset_seconds: last.offset_seconds + random.between(1, 9), page };
      const product = { sku: 'Z', name: 'Z', category: 'Z', price_minor: 1_000 };
      return [
        ...hits,
        { ...at, kind: 'pageview' },
        { ...at, kind: 'event', category: 'a', action: 'b', dimensions: { 7: 'x y' } },
        { ...at, kind: 'order', lines: [{ product, quantity: 2 }], shipping_minor: 100 },
      ];
    });
    const numbers = new Set<string>();
    for (const index of indices) {
      const { hits, faults, duration_ms } = plan(index);
      expect(faults).toBeUndefined();
      const [view, event, order, ping] = hits.slice(-4);
      expect(hits.filter((hit) => hit.pageview_id === view?.pageview_id)).toHaveLength(4);
      expect(view?.referrer?.raw).toBe(
        hits.slice(0, -4).findLast(({ kind }) => kind === 'pageview')?.page.url.raw,
      );
      expect(event?.dimensions).toBe('&dimension7=x%20y');
      expect(order?.detail).toMatchObject({ subtotal_minor: 2_000, shipping_minor: 100 });
      expect([ping?.kind, ping?.offset_ms]).toEqual(['ping', duration_ms]);
      for (const { detail } of hits) {
        if (detail === null || !('number' in detail)) continue;
        expect(numbers.has(detail.number)).toBe(false);
        numbers.add(detail.number);
      }
    }
    expect(numbers.size).toBeGreaterThan(indices.length);
  });

  it('draws by a plugin’s own name: another one beside it changes nothing', () => {
    const draws: number[][] = [[], []];
    const of =
      (at: number): Plugin['hits'] =>
      (_, { random }) => {
        draws[at]?.push(random.unit());
        return undefined;
      };
    const other: Hits = (_, { random }) => {
      random.unit();
      return undefined;
    };
    const named = (hits: Plugin['hits']) => ({ name: 'same', ...(hits && { hits }) });
    const plan = (plugins: Omit<Plugin, 'api'>[]) =>
      compilePlan(
        settings,
        materialWithPlugins([
          { name: 'own', journeys: [{ name: 'own', visit: everything }] },
          ...plugins,
        ]),
        2,
      );
    plan([named(of(0))])(4);
    plan([{ name: 'before', hits: other }, named(of(1))])(4);
    expect(draws[0]).toEqual(draws[1]);
  });
});

const view = { kind: 'pageview', offset_seconds: 0, page: { url: 'https://a.test/', title: 'A' } };
const event = { ...view, kind: 'event', category: 'a', action: 'b' };

describe('a plugin that says nonsense of a visit’s hits', () => {
  it.each<[string, (hits: readonly PlannedHit[]) => unknown, RegExp]>([
    ['throws', () => JSON.parse('<'), /^hits: SyntaxError/],
    ['returns a text', () => 'hits', /returned no list/],
    ['returns a promise', async (hits) => hits, /returned no list/],
    ['returns nothing at all', () => [], /first hit must be a page view/],
    ['begins with an event', () => [event], /first hit must be a page view/],
    ['begins late', () => [{ ...view, offset_seconds: 3 }], /at 0 s/],
    ['goes back in time', (hits) => [...hits, event], /lies before/],
    ['has a hit without a time', () => [view, { ...event, offset_seconds: 'x' }], /offset_seconds/],
    ['has a hit of no kind', () => [view, { ...event, kind: 'ping' }], /no kind of hit “ping”/],
    ['has a hit without a page', () => [view, { ...event, page: undefined }], /page/],
    ['has null among its hits', () => [view, null], /a hit is no object/],
    ['sleeps half an hour', () => [view, { ...event, offset_seconds: 1_800 }], /two visits/],
    ['has too many hits', () => Array.from({ length: 501 }, () => view), /more than 500 hits/],
    ['has a bad dimension', () => [view, { ...event, dimensions: { x: 'y' } }], /dimension: id/],
  ])('leaves the visit as it was, and is named: %s', (_, hits, message) => {
    const kept: Hits = ({ hits: given }) => [...given, { ...(given.at(-1) as PlannedHit) }];
    const bad = (({ hits: given }) => hits(given)) as Hits;
    for (const index of [0, 1, 2, 3]) {
      const visit = planWith(bad)(index);
      expect(visit.faults).toEqual([{ plugin: 'p0', message: expect.stringMatching(message) }]);
      expect({ ...visit, faults: undefined }).toEqual({ ...plain(index), faults: undefined });
      const both = planWith(bad, kept)(index);
      expect(both.faults).toHaveLength(1);
      expect(both.hits).toHaveLength(visit.hits.length + 1);
    }
  });

  it('cannot change the hits it was shown', () => {
    const plan = planWith(({ hits }) => {
      (hits[0] as { kind: string }).kind = 'event';
      return hits;
    });
    expect(plan(1).faults?.[0]?.message).toMatch(/^hits: TypeError/);
  });
});
