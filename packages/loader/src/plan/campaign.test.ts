import { defaultSettings, readFunnels, type Settings } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { withParameters } from './campaign.ts';
import { builtinMaterial } from './material/builtin.ts';
import { compilePlan } from './plan.ts';
import type { Visit } from './visit.ts';

const material = builtinMaterial();
const busy: Settings = {
  ...defaultSettings,
  direct_traffic_probability: 0,
  channels: { campaign: 1 },
  pageviews_min: 1,
  sitesearch_probability: 0.8,
  downloads_probability: 0.5,
  ecommerce_probability: 0.5,
};

function visits(changes: Partial<Settings>, count = 400): Visit[] {
  const plan = compilePlan({ ...busy, ...changes }, material, 5);
  return Array.from({ length: count }, (_, index) => plan(index));
}
const isTagged = (url: string) => /[?&](mtm|utm)_/.test(url);
const entryOf = (visit: Visit) => new URL(visit.hits[0]?.page.url.raw ?? '');

describe('withParameters', () => {
  it.each([
    ['https://a.test/', 'https://a.test/?x=1'],
    ['https://a.test/p?id=3', 'https://a.test/p?id=3&x=1'],
    ['https://a.test/p#top', 'https://a.test/p?x=1#top'],
    ['https://a.test/p?id=3#/a#b', 'https://a.test/p?id=3&x=1#/a#b'],
  ])('%s becomes %s', (url, tagged) => expect(withParameters(url, 'x=1')).toBe(tagged));
});

describe('a campaign', () => {
  it('stands in the URL of the first hit and of no other', () => {
    for (const visit of visits({})) {
      const [first, ...later] = visit.hits;
      expect(isTagged(first?.page.url.raw ?? '')).toBe(true);
      expect(later.filter((hit) => isTagged(hit.page.url.raw))).toEqual([]);
      expect(first?.page.url.encoded).toBe(encodeURIComponent(first?.page.url.raw ?? ''));
    }
  });

  it('stands in the referrer of the second page and of what happens there, as browsers send it', () => {
    for (const visit of visits({})) {
      const entry = visit.hits[0]!;
      const ids = [...new Set(visit.hits.map((hit) => hit.pageview_id))];
      for (const hit of visit.hits.slice(1)) {
        const isSecond =
          hit.pageview_id === ids[1] && hit.kind !== 'download' && hit.kind !== 'outlink';
        if (isSecond) expect(hit.referrer).toBe(entry.page.url);
        else if (hit.pageview_id !== ids[1]) expect(isTagged(hit.referrer?.raw ?? '')).toBe(false);
      }
    }
  });

  it('keeps the title and the page, apart from its parameters', () => {
    const direct = visits({ channels: { search: 1 } });
    for (const [at, visit] of visits({}).entries()) {
      const [plain, tagged] = [direct[at]!, visit];
      const { origin, pathname } = entryOf(tagged);
      expect(origin + pathname).toBe(plain.hits[0]?.page.url.raw);
      expect(tagged.hits.map((hit) => hit.page.title)).toEqual(
        plain.hits.map((hit) => hit.page.title),
      );
      expect(tagged.hits.length).toBe(plain.hits.length);
      expect(tagged.visitor).toEqual(plain.visitor);
    }
  });

  const campaigns = JSON.stringify([
    {
      name: 'Spring & Sale',
      source: 'news letter',
      medium: 'email',
      keyword: 'räk smörgås',
      content: 'a/b',
      id: '17',
    },
  ]);

  it.each<[Settings['campaign_parameters'], string]>([
    [
      'mtm',
      '?mtm_campaign=Spring%20%26%20Sale&mtm_source=news%20letter&mtm_medium=email&mtm_keyword=r%C3%A4k%20sm%C3%B6rg%C3%A5s&mtm_content=a%2Fb&mtm_cid=17',
    ],
    [
      'utm',
      '?utm_campaign=Spring%20%26%20Sale&utm_source=news%20letter&utm_medium=email&utm_term=r%C3%A4k%20sm%C3%B6rg%C3%A5s&utm_content=a%2Fb&utm_id=17',
    ],
  ])('says all that it has in the style %s', (campaign_parameters, search) => {
    for (const visit of visits({ campaigns, campaign_parameters }, 5)) {
      expect(entryOf(visit).search).toBe(search);
      expect(visit).toMatchObject({ channel: 'campaign', campaign: 'Spring & Sale' });
    }
  });

  it('begins on its landing page, with the title that the page has', () => {
    const known = material.pages[7]!;
    const list = (landing_page: string) => JSON.stringify([{ name: 'a', landing_page }]);
    for (const visit of visits({ campaigns: list(known.url.raw) }, 50)) {
      const [first, ...later] = visit.hits;
      expect(first?.page.url.raw).toBe(`${known.url.raw}?mtm_campaign=a`);
      expect(first?.page.title).toEqual(known.title);
      const there = later.filter((hit) => hit.pageview_id === first?.pageview_id);
      for (const hit of there) expect(hit.page).toBe(known);
    }
    const origin = new URL(known.url.raw).origin;
    for (const visit of visits({ campaigns: list('/sale/summer?id=3') }, 50)) {
      expect(visit.hits[0]?.page.url.raw).toBe(`${origin}/sale/summer?id=3&mtm_campaign=a`);
      expect(visit.hits[0]?.page.title.raw).toBe('Summer – Sale');
      expect(visit.hits[1]?.page.url.raw).not.toContain('mtm_');
    }
  });

  it('stands before a funnel’s own first page, and the steps stay the visit’s hits', () => {
    const step = (path: string) => ({ type: 'pageview', url: `https://shop.example.test${path}` });
    const { funnels, problems } = readFunnels(
      JSON.stringify([{ name: 'f', probability: 1, steps: [step('/a'), step('/b'), step('/a')] }]),
      'funnels.json',
    );
    expect(problems).toEqual([]);
    const plan = compilePlan(
      { ...busy, campaigns: '[{"name": "a", "landing_page": "/sale"}]' },
      { ...material, funnels },
      5,
    );
    for (let index = 0; index < 50; index++) {
      const { hits, funnel } = plan(index);
      expect(funnel?.steps).toEqual(hits.slice(0, 3));
      for (const [at, made] of (funnel?.steps ?? []).entries()) expect(made).toBe(hits[at]);
      const urls = hits.map((hit) => hit.page.url.raw);
      expect(urls.slice(0, 3)).toEqual([
        'https://shop.example.test/a?mtm_campaign=a',
        'https://shop.example.test/b',
        'https://shop.example.test/a',
      ]);
      expect(hits[1]?.referrer?.raw).toBe(urls[0]);
      expect(urls.slice(1).filter(isTagged)).toEqual([]);
    }
  });
});
