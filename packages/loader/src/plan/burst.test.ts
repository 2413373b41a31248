import { defaultSettings, type Settings } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { chiSquare, chiSquareLimit } from '../testing/statistics.ts';
import { builtinMaterial } from './material/builtin.ts';
import { compilePlan, dependsOnDay } from './plan.ts';

const material = builtinMaterial();
const count = 20_000;
const before = '2026-11-26';
const during = '2026-11-28';

const burst = (share: number, to = '2026-11-30') => [{ from: '2026-11-27', to, share }];
const withCampaigns = (
  campaigns: readonly object[],
  changes: Partial<Settings> = {},
): Settings => ({
  ...defaultSettings,
  channels: { search: 3, website: 1, campaign: 4 },
  direct_traffic_probability: 0.2,
  pageviews_max: 3,
  campaigns: JSON.stringify(campaigns),
  ...changes,
});

const plain = [{ name: 'a', weight: 3 }, { name: 'b' }];
const bursting = [{ name: 'a', weight: 3, bursts: burst(0.5) }, { name: 'b' }];

/** Visits by origin: the campaign's name, else the channel. */
function origins(settings: Settings, day?: string, names: readonly string[] = []): number[] {
  const plan = compilePlan(settings, material, 17);
  const found = new Map<string, number>(names.map((name) => [name, 0]));
  for (let index = 0; index < count; index++) {
    const { channel, campaign } = plan(index, day);
    const name = campaign ?? channel;
    if (!found.has(name)) throw new Error(`${name} was not expected`);
    found.set(name, (found.get(name) as number) + 1);
  }
  return [...found.values()];
}

describe('a campaign’s burst', () => {
  it.each<[string, readonly object[], Partial<Settings>, Record<string, number>]>([
    [
      'takes its share of all visits, and the others keep their proportions',
      bursting,
      {},
      // Usually 0.2 direct, 0.3 search, 0.1 website, 0.3 a, 0.1 b; without a these are 0.7.
      {
        a: 0.5,
        direct: (0.5 * 2) / 7,
        search: (0.5 * 3) / 7,
        website: (0.5 * 1) / 7,
        b: (0.5 * 1) / 7,
      },
    ],
    [
      'may be less than usual',
      [{ name: 'a', weight: 3, bursts: burst(0.1) }, { name: 'b' }],
      {},
      {
        a: 0.1,
        direct: (0.9 * 2) / 7,
        search: (0.9 * 3) / 7,
        website: (0.9 * 1) / 7,
        b: (0.9 * 1) / 7,
      },
    ],
    [
      'may be nothing at all',
      [{ name: 'a', weight: 3, bursts: burst(0) }, { name: 'b' }],
      {},
      { direct: 2 / 7, search: 3 / 7, website: 1 / 7, b: 1 / 7 },
    ],
    [
      'needs no weight of the channel',
      [{ name: 'a', bursts: burst(0.4) }],
      { channels: { search: 1 } },
      { a: 0.4, direct: 0.6 * 0.2, search: 0.6 * 0.8 },
    ],
    [
      'comes beside another’s',
      [
        { name: 'a', weight: 3, bursts: burst(0.3) },
        { name: 'b', bursts: burst(0.6) },
      ],
      {},
      { a: 0.3, b: 0.6, direct: 0.1 / 3, search: 0.05, website: 0.1 / 6 },
    ],
    [
      'leaves what is left to direct visits when there is nothing else',
      [{ name: 'a', bursts: burst(0.25) }],
      { channels: { campaign: 1 } },
      { a: 0.25, direct: 0.75 },
    ],
    [
      'takes everything when there is nothing else at all',
      [{ name: 'a', bursts: burst(0.25) }],
      { channels: { campaign: 1 }, direct_traffic_probability: 0 },
      { a: 1 },
    ],
  ])('%s', (_, campaigns, changes, shares) => {
    const names = Object.keys(shares);
    const counts = origins(withCampaigns(campaigns, changes), during, names);
    const expected = Object.values(shares);
    expect(expected.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    if (names.length === 1) expect(counts).toEqual([count]);
    else expect(chiSquare(counts, expected)).toBeLessThan(chiSquareLimit(names.length - 1));
  });

  it('changes nothing on other days, nor where no day is told', () => {
    const settings = withCampaigns(bursting);
    const dated = compilePlan(settings, material, 17);
    const usual = compilePlan(withCampaigns(plain), material, 17);
    for (let index = 0; index < 300; index++) {
      expect(dated(index)).toEqual(usual(index));
      expect(dated(index, before)).toEqual({ ...usual(index), site_day: before });
      expect(dated(index, '2026-12-01')).toEqual({ ...usual(index), site_day: '2026-12-01' });
    }
  });

  it('is the same at any time and in any order, and on the days of a plan without bursts there is none', () => {
    const settings = withCampaigns(bursting);
    const plan = compilePlan(settings, material, 17);
    const days = [during, before, '2026-11-27', during, '2026-11-30'];
    for (const day of days) {
      for (const index of [5, 1, 900]) {
        expect(plan(index, day)).toEqual(compilePlan(settings, material, 17)(index, day));
      }
    }
    const usual = compilePlan(withCampaigns(plain), material, 17);
    expect(usual(3, during)).toEqual(usual(3));
    expect(usual(3, during)).not.toHaveProperty('site_day');
    expect([dependsOnDay(settings), dependsOnDay(withCampaigns(plain))]).toEqual([true, false]);
  });

  it('names the campaign in the first page’s URL', () => {
    const plan = compilePlan(withCampaigns([{ name: 'a', bursts: burst(1) }]), material, 17);
    for (let index = 0; index < 50; index++) {
      const { hits, channel, campaign } = plan(index, during);
      expect([channel, campaign]).toEqual(['campaign', 'a']);
      expect(hits[0]?.page.url.raw).toContain('mtm_campaign=a');
    }
  });
});
