import { defaultSettings, type Settings } from '@trafficinator/contract';
import { type FakeMatomo, startFakeMatomo } from '@trafficinator/fake-matomo';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ledgerHitOf } from '../src/account/ledger/from-plan.ts';
import { Ledger } from '../src/account/ledger/ledger.ts';
import { differences } from '../src/cli/comparison.ts';
import { recordedBy } from '../src/cli/recorded.ts';
import type { Channel } from '../src/plan/channel.ts';
import { builtinMaterial } from '../src/plan/material/builtin.ts';
import { compilePlan } from '../src/plan/plan.ts';
import { queryOf } from '../src/send/query.ts';

const noon_ms = Date.UTC(2026, 5, 10, 12);
const visitsPerRun = 600;
const options = { site_id: 1, with_location: true, order_prefix: 'C-' };

let standIn: FakeMatomo;
beforeAll(async () => {
  standIn = await startFakeMatomo({ now: () => noon_ms, default_site: { timezone: 'UTC' } });
});
afterAll(() => standIn.close());

/** Plans visits, sends all their hits in bulk, and asks what was recorded. */
async function run(changes: Partial<Settings>) {
  standIn.reset();
  const plan = compilePlan({ ...defaultSettings, ...changes }, builtinMaterial(), 23);
  const mainUrl = standIn.sites.get(1)?.main_url;
  const ledger = new Ledger({
    timezone: 'UTC',
    main_urls: mainUrl === undefined ? [] : [mainUrl],
  });
  const planned = new Map<Channel, number>();
  const requests: string[] = [];
  for (let index = 0; index < visitsPerRun; index++) {
    const visit = plan(index);
    planned.set(visit.channel, (planned.get(visit.channel) ?? 0) + 1);
    const start_ms = noon_ms - 6 * 3_600_000 + index * 20_000;
    for (const hit of visit.hits) {
      const at_ms = start_ms + hit.offset_ms;
      requests.push(`?${queryOf(visit, hit, { at_ms, send_cdt: true }, options)}`);
      ledger.accepted(ledgerHitOf(visit, hit, at_ms));
    }
  }
  const answer = await fetch(standIn.tracker_url, {
    method: 'POST',
    body: JSON.stringify({ requests, token_auth: standIn.token }),
  });
  expect(await answer.json()).toMatchObject({ tracked: requests.length, invalid: 0 });
  const recorded = await recordedBy(standIn.url, standIn.token, 1, noon_ms);
  return { planned, recorded, predicted: ledger.total() };
}

const report = async (method: string): Promise<Record<string, unknown>[]> => {
  const query = new URLSearchParams({
    module: 'API',
    method,
    idSite: '1',
    period: 'day',
    date: '2026-06-10',
    format: 'json',
    filter_limit: '-1',
  });
  const answer = await fetch(`${standIn.url}/index.php?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `token_auth=${standIn.token}`,
  });
  return (await answer.json()) as Record<string, unknown>[];
};

const all = { search: 3, social: 1, website: 1, campaign: 3, ai: 2 };
const long = { visit_duration_max: 20, pageviews_max: 8 };

describe('channels end to end', () => {
  it.each<[string, Partial<Settings>]>([
    ['the usual ones', {}],
    ['all of them', { channels: all }],
    ['all of them, in long visits', { channels: all, ...long }],
    ['campaigns alone', { channels: { campaign: 1 }, direct_traffic_probability: 0 }],
    ['campaigns in the other style', { channels: all, campaign_parameters: 'utm' }],
    [
      'campaigns on visits of one and two pages that search',
      {
        channels: { campaign: 1 },
        pageviews_min: 1,
        pageviews_max: 2,
        sitesearch_probability: 0.5,
      },
    ],
    [
      'a campaign with a landing page',
      {
        channels: all,
        campaigns:
          '[{"name": "Sale", "landing_page": "/sale?id=3", "referrer": "https://t.co/x"}, {"name": "Other", "keyword": "K"}]',
      },
    ],
    ['assistants alone', { channels: { ai: 1 } }],
    [
      'IPv6 and cities',
      { channels: all, ipv6_share: 0.5, cities: true, countries: { se: 1, br: 1 } },
    ],
  ])('of %s are recorded as planned, and no visit is split', async (_, changes) => {
    const { planned, recorded, predicted } = await run(changes);
    expect(differences(predicted, recorded)).toEqual([]);
    const of = (channel: Channel) => planned.get(channel) ?? 0;
    expect(recorded).toMatchObject({
      visits: visitsPerRun,
      direct_visits: of('direct'),
      search_visits: of('search'),
      social_visits: of('social'),
      campaign_visits: of('campaign'),
      // Matomo up to 5.2 takes assistants for websites.
      website_visits: of('website') + of('ai'),
    });
  });

  it('tell Matomo the campaigns, engines and countries that were planned', async () => {
    const { planned } = await run({
      channels: { search: 1, campaign: 1 },
      search_engines: { bing: 1, duckduckgo: 1 },
      campaigns: 'Spring:2,autumn:1',
      countries: { se: 1, jp: 1 },
    });
    const labels = async (method: string) =>
      (await report(method)).map(({ label }) => String(label)).sort();
    expect(await labels('Referrers.getCampaigns')).toEqual(['autumn', 'spring']);
    expect(await labels('Referrers.getSearchEngines')).toEqual(['Bing', 'DuckDuckGo']);
    const campaigns = await report('Referrers.getCampaigns');
    const visits = campaigns.reduce((sum, { nb_visits }) => sum + Number(nb_visits), 0);
    expect(visits).toBe(planned.get('campaign'));
    const countries = new Set(standIn.store.visits(1).map((visit) => visit.location.country));
    expect(countries).toEqual(new Set(['se', 'jp']));
  });
});
