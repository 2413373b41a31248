import { defaultSettings, type Settings } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import type { Site } from './api.ts';
import { clockAhead, judgeClock } from './clock.ts';
import { compareSite } from './site.ts';

const site: Site = {
  name: 'Shop',
  main_url: 'https://shop.example.test',
  timezone: 'Europe/Stockholm',
  currency: 'SEK',
  ecommerce: true,
  sitesearch: true,
  exclude_unknown_urls: false,
  ts_created: null,
  sitesearch_keyword_parameters: '',
  urls: ['https://shop.example.test', 'http://www.other.example.test/start'],
};
const own = ['https://shop.example.test'];
const now_ms = Date.UTC(2026, 0, 1);
const compare = (
  other: Partial<Site>,
  settings: Partial<Settings> = {},
  addresses: readonly string[] = own,
) => compareSite({ ...site, ...other }, { ...defaultSettings, ...settings }, addresses, now_ms);

describe('a site that fits', () => {
  it('has no problems with the default settings', () => {
    expect(compare({})).toEqual([]);
  });
});

describe('currency', () => {
  it('matters only with orders', () => {
    expect(compare({ currency: 'EUR' })).toMatchObject([
      { code: 'site_differs', severity: 'warning', fields: ['ecommerce_currency'], value: 'SEK' },
    ]);
    expect(compare({ currency: 'EUR' }, { ecommerce_probability: 0 })).toEqual([]);
  });
});

describe('timezone', () => {
  it('is compared by the clock, not by the name', () => {
    expect(compare({ timezone: 'CET' })).toEqual([]);
    expect(compare({ timezone: 'UTC+0' }, { timezone: 'UTC' })).toEqual([]);
    expect(compare({ timezone: 'UTC+5.5' }, { timezone: 'Asia/Kolkata' })).toEqual([]);
  });

  it('differs when only the summer does', () => {
    expect(compare({ timezone: 'UTC+1' })).toHaveLength(1);
    expect(compare({ timezone: 'Africa/Lagos' })).toHaveLength(1);
  });

  it('weighs more with a daily cap, and counts as different when it is unknown', () => {
    expect(compare({ timezone: 'UTC' })).toMatchObject([{ severity: 'notice' }]);
    expect(compare({ timezone: 'Mars/Olympus' }, { max_visits_per_day: 5 })).toMatchObject([
      { code: 'site_differs', severity: 'warning', fields: ['timezone'] },
    ]);
  });
});

describe('features', () => {
  it('are missed only when they are used', () => {
    expect(compare({ ecommerce: false, sitesearch: false })).toMatchObject([
      { code: 'site_feature_off', fields: ['ecommerce_probability'] },
      { code: 'site_feature_off', fields: ['sitesearch_probability'] },
    ]);
    const unused = { ecommerce_probability: 0, sitesearch_probability: 0 };
    expect(compare({ ecommerce: false, sitesearch: false }, unused)).toEqual([]);
    const journeys = { ...unused, journey_share: 0.1 };
    const missed = compare({ ecommerce: false, sitesearch: false, currency: 'EUR' }, journeys);
    expect(missed.map(({ code }) => code)).toEqual([
      'site_differs',
      'site_feature_off',
      'site_feature_off',
    ]);
    expect(missed[1]?.remedy).toContain('ECOMMERCE_PROBABILITY=0 and JOURNEY_SHARE=0');
  });
});

describe('unknown addresses', () => {
  const strict = { exclude_unknown_urls: true };
  const noOutlinks = { outlinks_probability: 0 };
  const compareStrict = (addresses: readonly string[], urls: readonly string[] = site.urls) =>
    compare({ ...strict, urls: [...urls] }, noOutlinks, addresses);

  it('are reported when the site leaves them out, with how many and where', () => {
    const [found] = compareStrict(['https://blog.example.test/a', 'https://blog.example.test/b']);
    expect(found).toMatchObject({ code: 'site_excludes_urls', severity: 'warning' });
    expect(found?.message).toContain('all 2 page addresses are others, on blog.example.test, for');
    expect(found?.message).toContain('example https://blog.example.test/a:');
    const [some] = compareStrict([...own, 'https://a.test/', 'https://b.test/']);
    expect(some?.message).toContain(`2 of ${own.length + 2} page addresses are others, on 2 hosts`);
    expect(some?.message).toContain('for example https://a.test/, https://b.test/:');
    expect(compare({}, {}, ['https://blog.example.test'])).toEqual([]);
  });

  it('are none of the site’s own, whatever scheme, port or www', () => {
    const others = ['http://SHOP.example.test', 'https://www.other.example.test:8443/start/x'];
    expect(compareStrict(others)).toEqual([]);
  });

  it('are those beside the folder of a site that has one', () => {
    const urls = ['https://shop.example.test/Shop'];
    const inside = ['https://shop.example.test/shop', 'https://shop.example.test/shop/a?b=c'];
    expect(compareStrict(inside, urls)).toEqual([]);
    for (const outside of ['https://shop.example.test/', 'https://shop.example.test/shopping']) {
      expect(compareStrict([outside], urls)).toHaveLength(1);
    }
  });

  it('are those of outlinks', () => {
    const [found, ...more] = compare(strict, {}, own);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ code: 'site_excludes_urls', fields: ['outlinks_probability'] });
  });
});

describe('clocks', () => {
  const ahead = (asked_ms: number, answered_ms: number, date_ms: number | null) =>
    clockAhead({ asked_ms, answered_ms, date_ms });

  it('agree as far as whole seconds and a slow answer can tell', () => {
    expect(ahead(10_900, 10_950, 10_000)).toBe(0);
    expect(ahead(10_000, 14_000, 12_000)).toBe(0);
    expect(ahead(0, 0, null)).toBeNull();
  });

  it('differ by what is left then', () => {
    expect(ahead(15_000, 15_100, 10_000)).toBe(4_000);
    expect(ahead(5_000, 5_100, 10_000)).toBe(-4_900);
  });

  it('are judged only when hits carry their time', () => {
    const judge = (ms: number | null, visit_pacing: 'compressed' | 'realtime' = 'compressed') =>
      judgeClock(ms, { visit_pacing }).map(({ code, severity }) => `${severity} ${code}`);
    expect(judge(2_001)).toEqual(['warning clock_differs']);
    expect(judge(-60_001)).toEqual(['warning clock_differs']);
    for (const fine of [2_000, 0, -60_000, null]) expect(judge(fine)).toEqual([]);
    expect(judge(1_000_000, 'realtime')).toEqual([]);
  });
});
