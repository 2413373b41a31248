import { defaultSettings, type Settings } from '@trafficinator/contract';
import DeviceDetector from 'device-detector-js';
import { describe, expect, it } from 'vitest';
import botPatterns from '../../../fake-matomo/src/data/bot-user-agents.json' with { type: 'json' };
import spam from '../../../fake-matomo/src/data/spam-referrers.json' with { type: 'json' };
import { sigmas } from '../testing/statistics.ts';
import { builtinMaterial } from './material/builtin.ts';
import { compilePlan } from './plan.ts';
import type { Visit } from './visit.ts';

const material = builtinMaterial();
const visits = 20_000;
const shares = { bots: 0.05, ai_fetchers: 0.02, spam_referrers: 0.01 };
const planOf = (changes: Partial<Settings>, count = visits): Visit[] => {
  const plan = compilePlan({ ...defaultSettings, ...changes }, material, 9);
  return Array.from({ length: count }, (_, index) => plan(index));
};
const planned = planOf({ negative_traffic: shares });
const of = (kind: keyof typeof shares) => planned.filter(({ negative }) => negative === kind);

describe('negative traffic', () => {
  it.each(Object.entries(shares))('has its share of visits: %s %d', (kind, share) => {
    expect(sigmas(of(kind as keyof typeof shares).length, visits, share)).toBeLessThan(4);
  });

  it('changes no other visit', () => {
    const without = planOf({});
    for (const visit of planned) {
      if (visit.negative === undefined) expect(visit).toEqual(without[visit.index]);
    }
    expect(without.every(({ negative }) => negative === undefined)).toBe(true);
  });

  it('of one kind alone takes the visits that it takes with others', () => {
    const bots = planOf({ negative_traffic: { bots: 0.05 } }).filter(({ negative }) => negative);
    expect(bots).toEqual(of('bots'));
  });

  it('may be all there is', () => {
    const all = planOf({ negative_traffic: { spam_referrers: 1 } }, 500);
    expect(all.every(({ negative }) => negative === 'spam_referrers')).toBe(true);
  });

  it('of bots and fetchers is known to be of robots by its user agent, whatever else is sent', () => {
    const detector = new DeviceDetector({ skipBotDetection: false });
    // The end of Matomo’s list, which any of its versions has.
    const generic = /(?<!cu|power[ _]|m[ _])(bot|crawler|spider)([^a-z]|$)/i;
    const standIn = new RegExp(botPatterns.join('|'), 'i');
    for (const { user_agent } of [...material.negative.bots, ...material.negative.ai_fetchers]) {
      expect(user_agent.raw).toMatch(generic);
      expect(user_agent.raw).toMatch(standIn);
      expect(detector.parse(user_agent.raw).bot, user_agent.raw).not.toBeNull();
    }
    for (const { visitor, channel, hits } of [...of('bots'), ...of('ai_fetchers')]) {
      expect(visitor.device.user_agent.raw).toMatch(generic);
      expect(visitor.device.client_hints).toBeNull();
      expect([channel, hits[0]?.referrer]).toEqual(['direct', null]);
    }
  });

  it('with spam referrers comes from ordinary browsers and says so in every hit', () => {
    for (const { visitor, hits } of of('spam_referrers')) {
      expect(material.devices).toContain(visitor.device);
      expect(hits).toHaveLength(1);
      for (const { referrer } of hits) {
        expect(spam.some((part) => referrer?.raw.includes(part))).toBe(true);
      }
    }
  });

  it('consists of page views and leaves nothing that another setting decides', () => {
    const rich = planOf({
      negative_traffic: { bots: 0.5, ai_fetchers: 0.2, spam_referrers: 0.3 },
      ecommerce_probability: 1,
      sitesearch_probability: 1,
      channels: { campaign: 1 },
    }).slice(0, 2_000);
    for (const { hits, campaign, funnel, duration_ms } of rich) {
      expect([campaign, funnel]).toEqual([null, undefined]);
      expect(hits.every(({ kind }) => kind === 'pageview')).toBe(true);
      expect(duration_ms).toBe(hits.at(-1)?.offset_ms);
      expect(hits.some(({ page }) => page.url.raw.includes('mtm_campaign'))).toBe(false);
    }
    const pages = new Set(rich.map(({ hits }) => hits.length));
    expect(pages).toEqual(new Set([1, 2, 3, 4, 5]));
  });

  it('stays no longer than any visit may', () => {
    const short = planOf({ negative_traffic: { bots: 1 }, visit_duration_max: 0 }, 300);
    expect(short.every(({ duration_ms }) => duration_ms === 0)).toBe(true);
  });
});
