import { describe, expect, it } from 'vitest';
import { burstOn } from './bursts.ts';
import { campaignsOf, campaignsSchema } from './campaigns.ts';
import { readSettings } from './read.ts';

const read = (environment: Record<string, string>, file = '') =>
  readSettings({ environment, readFile: () => file, purpose: 'plan' });
const told = (environment: Record<string, string>) =>
  read(environment).problems.map((p) => [p.severity, p.code, p.message] as const);
const withCampaigns = { CHANNELS: 'search:60,campaign:10' };

describe('campaigns', () => {
  it('are built-in ones when none are named', () => {
    const { campaigns, problems } = campaignsOf({ campaigns: null });
    expect(problems).toEqual([]);
    expect(campaigns.map(({ name }) => name)).toContain('newsletter');
    expect(new Set(campaigns.map(({ medium }) => medium)).size).toBeGreaterThan(3);
  });

  it('are names with weights, or a JSON list with details', () => {
    const names = campaignsOf({ campaigns: 'Spring Sale:3, mail' });
    expect(names.problems).toEqual([]);
    expect(names.campaigns).toMatchObject([
      { name: 'Spring Sale', weight: 3, source: null },
      { name: 'mail', weight: 1, landing_page: null },
    ]);
    const list = [{ name: 'a', source: 's', keyword: 'k w', landing_page: '/sale?id=3' }];
    const json = campaignsOf({ campaigns: JSON.stringify(list) });
    expect(json.problems).toEqual([]);
    expect(json.campaigns).toEqual(campaignsSchema.parse(list));
  });

  it('come from a file that CAMPAIGNS_FILE names', () => {
    const { settings, ok } = read(
      { ...withCampaigns, CAMPAIGNS_FILE: 'campaigns.json' },
      '[\n  {"name": "a", "medium": "email"}\n]\n',
    );
    expect(ok).toBe(true);
    expect(campaignsOf(settings).campaigns).toMatchObject([{ name: 'a', medium: 'email' }]);
  });

  it.each<[string, RegExp]>([
    ['spring:3,,x', /Element 2 of CAMPAIGNS is empty/],
    ['spring:x', /element 1 of CAMPAIGNS \(“spring”\) is not a number/],
    ['spring:1,Spring:2', /names “Spring” twice/],
    ['spring:0', /no weight above 0/],
    ['[', /is not JSON/],
    ['{"name": "a"}', /must be a list/],
    ['[]', /is an empty list/],
    ['[{"nam": "a"}]', /at 0.name is missing/],
    ['[{"name": "a", "sorce": "x"}]', /at 0.sorce is no field of it.* source/],
    ['[{"name": "a", "weight": -1}]', /at 0.weight is -1, but must be 0 or more/],
    ['[{"name": "a", "landing_page": "sale"}]', /at 0.landing_page must be an absolute/],
    ['[{"name": "a", "landing_page": "/x?utm_source=y"}]', /must not hold campaign parameters/],
    ['[{"name": "a", "referrer": "google"}]', /at 0.referrer must be an absolute/],
    [
      '[{"name": "a", "bursts": [{"from": "2026-11-31", "to": "2026-12-01", "share": 0.2}]}]',
      /at 0.bursts.0.from must be a date/,
    ],
    [
      '[{"name": "a", "bursts": [{"from": "2026-11-30", "share": 1.2}]}]',
      /0.to is missing.*0.share is 1.2, but must be 1 or less/,
    ],
    [
      '[{"name": "a", "bursts": [{"from": "2026-11-30", "to": "2026-11-29", "share": 1}]}]',
      /ends \(2026-11-29\) before it begins/,
    ],
    [
      '[{"name": "a", "bursts": [{"from": "2026-11-01", "to": "2026-11-09", "share": 0.1}, {"from": "2026-11-09", "to": "2026-11-10", "share": 0.1}]}]',
      /at 0.bursts.1 has days that another burst/,
    ],
    [
      '[{"name": "a", "bursts": [{"from": "2026-11-01", "to": "2026-11-09", "share": 0.7}]}, {"name": "b", "bursts": [{"from": "2026-11-08", "to": "2026-11-10", "share": 0.6}]}]',
      /at 1.bursts.0 makes the bursts of 2026-11-08 take 1.3 of all visits/,
    ],
  ])('%j is refused', (campaigns, message) => {
    const found = told({ ...withCampaigns, CAMPAIGNS: campaigns });
    expect(found.map(([severity, code]) => [severity, code])).toContainEqual([
      'error',
      'campaigns_malformed',
    ]);
    expect(found.map(([, , text]) => text).join(' ')).toMatch(message);
  });
});

describe('bursts', () => {
  const [campaign] = campaignsSchema.parse([
    {
      name: 'a',
      bursts: [
        { from: '2026-11-27', to: '2026-11-30', share: 0.4 },
        { from: '2026-12-01', to: '2026-12-01', share: 0 },
      ],
    },
  ]);

  it('hold from their first day to their last, both included', () => {
    const days = ['2026-11-26', '2026-11-27', '2026-11-30', '2026-12-01', '2026-12-02'];
    expect(days.map((day) => burstOn(campaign!, day))).toEqual([null, 0.4, 0.4, 0, null]);
  });

  it('are an effect, whatever CHANNELS says', () => {
    expect(told({ CAMPAIGNS: JSON.stringify([campaign]) })).not.toContainEqual(
      expect.arrayContaining(['channel_unused']),
    );
  });
});

describe('what has no effect is said', () => {
  it.each<[Record<string, string>, string[]]>([
    [{ CAMPAIGNS: 'a' }, ['channel_unused']],
    [{ CAMPAIGNS: 'a', CHANNELS: 'campaign:1' }, []],
    [
      { CAMPAIGNS: 'a', CHANNELS: 'campaign:1', DIRECT_TRAFFIC_PROBABILITY: '1' },
      ['channel_unused'],
    ],
    [{ SEARCH_ENGINES: 'bing', CHANNELS: 'ai' }, ['channel_unused']],
    [{ SEARCH_ENGINES: 'bing' }, []],
    [{ CITIES: 'true', RANDOMIZE_VISITOR_COUNTRIES: 'false' }, ['location_unused']],
    [{ IPV6_SHARE: '0.2', RANDOMIZE_VISITOR_COUNTRIES: 'false' }, ['location_unused']],
    [{ CITIES: 'true', IPV6_SHARE: '1' }, []],
  ])('%j: %j', (environment, codes) => {
    const found = told(environment).filter(([severity]) => severity === 'warning');
    expect(found.map(([, code]) => code)).toEqual(codes);
  });
});
