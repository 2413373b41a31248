import { defaultSettings, type SettingName, type Settings } from '@trafficinator/contract';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { compileCrowd } from './crowd/crowd.ts';
import { builtinMaterial } from './material/builtin.ts';
import { compilePlan, type Plan, planVisit } from './plan.ts';

const material = builtinMaterial();
const settings: Settings = {
  ...defaultSettings,
  ecommerce_probability: 0.5,
  journey_share: 0.3,
  channels: { search: 60, social: 20, website: 20, campaign: 20 },
};
const indices = Array.from({ length: 300 }, (_, n) => n * 7).concat(2 ** 32, 2 ** 40 + 3);
const bytes = (plan: Plan, order: readonly number[] = indices) =>
  new Map(order.map((index) => [index, JSON.stringify(plan(index))]));
const reference = bytes(compilePlan(settings, material, 1));

/** The settings that may change a visit; a setting that is added to the list must be put somewhere. */
const planned: ReadonlySet<SettingName> = new Set<SettingName>([
  'returning_visitor_share',
  'user_id_share',
  'pageviews_min',
  'pageviews_max',
  'visit_duration_min',
  'visit_duration_max',
  'pause_between_pvs_min',
  'pause_between_pvs_max',
  'sitesearch_probability',
  'outlinks_probability',
  'downloads_probability',
  'click_events_probability',
  'random_events_probability',
  'direct_traffic_probability',
  'channels',
  'search_engines',
  'journey_share',
  'journeys',
  'campaigns',
  'campaign_parameters',
  'countries',
  'ipv6_share',
  'cities',
  'ecommerce_probability',
  'ecommerce_order_value_min',
  'ecommerce_order_value_max',
  'ecommerce_items_min',
  'ecommerce_items_max',
  'ecommerce_tax_rate',
  'ecommerce_shipping_rates',
]);

/** Values that cannot be guessed from the ones there are. */
const others: Partial<Settings> = {
  returning_visitor_share: 0.5,
  channels: { search: 1, ai: 1 },
  search_engines: { bing: 1, ecosia: 2 },
  campaigns: 'autumn:2,winter:1',
  journeys: 'buyer:1',
  campaign_parameters: 'utm',
  countries: { se: 4, no: 1 },
};

/** Another value of the same type. */
function changed(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? value + 1 : value / 2;
  if (typeof value === 'boolean') return !value;
  if (Array.isArray(value)) return [...value, 1.23];
  return value === null ? 77 : `${value}x`;
}

describe('a plan', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });

  it('asks neither chance nor clock nor network', () => {
    const forbid = (name: string) => () => expect.fail(`${name} was called`);
    vi.spyOn(Math, 'random').mockImplementation(forbid('Math.random'));
    vi.spyOn(Date, 'now').mockImplementation(forbid('Date.now'));
    vi.spyOn(performance, 'now').mockImplementation(forbid('performance.now'));
    vi.spyOn(crypto, 'getRandomValues').mockImplementation(forbid('getRandomValues'));
    vi.stubGlobal('fetch', forbid('fetch'));
    const plan = compilePlan(settings, material, 1);
    let hits = 0;
    for (let index = 0; index < 10_000; index++) hits += plan(index).hits.length;
    vi.restoreAllMocks();
    expect(hits).toBeGreaterThan(50_000);
  });

  it('says the same to the byte, in any order, compiled anew, asked once or twice', () => {
    const plan = compilePlan(settings, material, 1);
    expect(bytes(plan, indices.toReversed())).toEqual(reference);
    expect(bytes(plan)).toEqual(reference);
    expect(bytes((index) => planVisit(settings, material, 1, index))).toEqual(reference);
    expect(bytes(compilePlan({ ...settings }, structuredClone(material), 1))).toEqual(reference);
  });

  it('is another one for another seed and for every visit', () => {
    expect(new Set(reference.values()).size).toBe(indices.length);
    const other = bytes(compilePlan(settings, material, 2));
    for (const [index, visit] of reference) expect(other.get(index)).not.toBe(visit);
  });

  it.each(Object.keys(settings) as SettingName[])('depends on %s if it says so', (name) => {
    const value = others[name] ?? changed(settings[name]);
    const asked = { ...settings, [name]: value } as Settings;
    const crowd = compileCrowd(asked, { visits_per_day: 100, visits_apart: 10 }, 1);
    const found = bytes(compilePlan(asked, material, 1, crowd));
    if (planned.has(name)) expect(found).not.toEqual(reference);
    else expect(found).toEqual(reference);
  });

  it('gives a visit its index and nothing of the wall clock', () => {
    for (const index of [0, 5, 2 ** 40]) {
      const visit = compilePlan(settings, material, 1)(index);
      const keys = Object.keys(visit).filter((key) => key !== 'journey');
      expect(keys.sort().join(' ')).toBe('campaign channel duration_ms hits index visitor');
      expect(visit.index).toBe(index);
    }
  });

  it('is one that neither a shard nor a restart changes', () => {
    const whole = compilePlan(settings, material, 9);
    for (const shard of [0, 1, 2]) {
      const own = compilePlan(settings, material, 9);
      for (let index = shard; index < 300; index += 3) {
        expect(JSON.stringify(own(index))).toBe(JSON.stringify(whole(index)));
      }
    }
  });
});
