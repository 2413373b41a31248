import { defaultSettings, type Settings } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { chiSquare, chiSquareLimit, sigmas } from '../testing/statistics.ts';
import { compileChannels, type Origin } from './channel.ts';
import { Draws } from './draw.ts';
import { builtinMaterial } from './material/builtin.ts';

const material = builtinMaterial();

function origins(changes: Partial<Settings>, seed: number, visits = 20_000): Origin[] {
  const originOf = compileChannels(material, { ...defaultSettings, ...changes });
  return Array.from({ length: visits }, (_, index) => originOf(new Draws(seed, index)));
}

function counted<T>(items: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}
const channelsOf = (all: readonly Origin[]) => counted(all.map(({ channel }) => channel));

describe('channels', () => {
  it.each([0, 0.1, 0.3, 0.5, 0.8, 1])('leave a share of %d direct, divide the rest', (share) => {
    const visits = 20_000;
    const counts = channelsOf(origins({ direct_traffic_probability: share }, 11));
    const direct = counts.get('direct') ?? 0;
    expect(sigmas(direct, visits, share)).toBeLessThan(3);
    expect([...counts.values()].reduce((a, b) => a + b, 0)).toBe(visits);
    for (const [channel, wanted] of [
      ['search', 0.6],
      ['social', 0.2],
      ['website', 0.2],
      ['campaign', 0],
      ['ai', 0],
    ] as const) {
      expect(sigmas(counts.get(channel) ?? 0, visits - direct, wanted), channel).toBeLessThan(3);
    }
  });

  it.each([0, 0.1, 0.5, 1])('have any share that is set: %d from campaigns', (share) => {
    const visits = 100_000;
    const rest = 1 - share;
    const channels = { search: rest / 2, social: rest / 4, ai: rest / 4, campaign: share };
    const counts = channelsOf(origins({ channels, direct_traffic_probability: 0.2 }, 12, visits));
    expect(sigmas(counts.get('direct') ?? 0, visits, 0.2)).toBeLessThan(3);
    for (const [channel, weight] of Object.entries(channels)) {
      const found = counts.get(channel as keyof typeof channels) ?? 0;
      expect(sigmas(found, visits, 0.8 * weight), channel).toBeLessThan(3);
    }
    expect(counts.has('website')).toBe(false);
  });

  it('are the same for weights that are multiples', () => {
    const urls = (channels: Settings['channels']) =>
      channelsOf(origins({ channels, direct_traffic_probability: 0 }, 13));
    expect(urls({ search: 6, ai: 2, social: 2 })).toEqual(
      urls({ search: 0.6, ai: 0.2, social: 0.2 }),
    );
  });

  it('of later weights leave the direct visits where they are', () => {
    const direct = (changes: Partial<Settings>) =>
      origins(changes, 14, 2_000).flatMap(({ channel }, index) =>
        channel === 'direct' ? [index] : [],
      );
    expect(direct({ channels: { ai: 1 } })).toEqual(direct({}));
  });
});

describe('referrers', () => {
  it('come from the sources of a channel by their weights', () => {
    for (const channel of ['search', 'social', 'website', 'ai'] as const) {
      const sources = material.referrers[channel];
      const all = origins({ channels: { [channel]: 1 }, direct_traffic_probability: 0 }, 15);
      const counts = counted(all.map(({ referrer }) => referrer));
      const sum = sources.reduce((total, source) => total + source.weight, 0);
      const found = sources.map((source) => counts.get(source.url) ?? 0);
      const shares = sources.map((source) => source.weight / sum);
      expect(chiSquare(found, shares), channel).toBeLessThan(chiSquareLimit(sources.length - 1));
    }
  });

  it('come from the search engines that are chosen, each with its own addresses', () => {
    const all = origins(
      {
        channels: { search: 1 },
        direct_traffic_probability: 0,
        search_engines: { google: 1, bing: 1, qwant: 2 },
      },
      16,
    );
    const hosts = counted(all.map(({ referrer }) => new URL(referrer?.raw ?? '').host));
    const google = [...hosts].filter(([host]) => host.includes('google'));
    expect(google.length).toBe(10);
    expect(
      sigmas(
        google.reduce((sum, [, n]) => sum + n, 0),
        all.length,
        0.25,
      ),
    ).toBeLessThan(3);
    expect(sigmas(hosts.get('www.bing.com') ?? 0, all.length, 0.25)).toBeLessThan(3);
    expect(sigmas(hosts.get('www.qwant.com') ?? 0, all.length, 0.5)).toBeLessThan(3);
    expect(hosts.size).toBe(12);
  });

  it('come with campaigns by their weights', () => {
    const all = origins(
      {
        channels: { campaign: 1 },
        direct_traffic_probability: 0,
        campaigns:
          '[{"name": "a", "weight": 3, "referrer": "https://www.google.com"}, {"name": "b"}, {"name": "c", "weight": 0}]',
      },
      17,
    );
    const names = counted(all.map(({ campaign }) => campaign?.name));
    expect([...names.keys()].sort()).toEqual(['a', 'b']);
    expect(sigmas(names.get('a') ?? 0, all.length, 0.75)).toBeLessThan(3);
    for (const { campaign, referrer } of all) {
      const wanted = campaign?.name === 'a' ? 'https://www.google.com/' : undefined;
      if (referrer?.raw !== wanted) expect.fail(`${campaign?.name} from ${referrer?.raw}`);
    }
  });
});
