import { describe, expect, it } from 'vitest';
import { referrerSources } from '../../plan/material/referrers.ts';
import { after, totalOf } from '../../testing/ledger-hit.ts';
import type { DayMetrics } from './metrics.ts';

const landing = (query: string) => ({ url: `https://shop.example/${query}` });
const google = { referrer: 'https://www.google.com/' };

const channelsOf = (total: DayMetrics) => ({
  direct: total.direct_visits,
  search: total.search_visits,
  social: total.social_visits,
  website: total.website_visits,
  campaign: total.campaign_visits,
});
const none = { direct: 0, search: 0, social: 0, website: 0, campaign: 0 };
const channelOf = (referrer: string, main_urls: string[] = [], ai_assistants = false) =>
  Object.entries(channelsOf(totalOf([after(0, { referrer })], { main_urls, ai_assistants })))
    .filter(([, visits]) => visits > 0)
    .map(([channel]) => channel)
    .join();

describe('the channel of a visit', () => {
  it.each([
    ['https://www.google.com/', 'search'],
    ['https://www.google.co.uk/search?q=shoes', 'search'],
    ['https://www.google.com/intl/en/about', 'website'],
    ['https://www.bing.com/search?q=x', 'search'],
    ['https://www.bing.com/news', 'website'],
    ['https://duckduckgo.com/', 'search'],
    ['https://search.yahoo.com/', 'search'],
    ['https://www.facebook.com/', 'search'],
    ['https://www.facebook.com/groups/1', 'social'],
    ['https://facebook.com/', 'social'],
    ['https://l.facebook.com/', 'social'],
    ['https://www.instagram.com/explore/', 'social'],
    ['https://t.co/abc', 'social'],
    ['https://x.com/home', 'social'],
    ['https://www.vox.com/', 'website'],
    ['https://chatgpt.com/', 'website'],
    ['https://blog.example.org/post', 'website'],
    ['https://shop.example/other', 'direct'],
    ['https://www.shop.example:8443/other', 'direct'],
    ['not a url', 'direct'],
    ['', 'direct'],
  ])('%s is %s', (referrer, channel) => {
    expect(channelOf(referrer)).toBe(channel);
  });

  it('is direct from any URL of the site', () => {
    const own = ['https://www.other.example/shop'];
    expect(channelOf('https://other.example/shop/a', own)).toBe('direct');
    expect(channelOf('https://other.example/SHOP', own)).toBe('direct');
    expect(channelOf('https://other.example/blog', own)).toBe('website');
  });

  it('is what the material says of its referrers', () => {
    for (const [channel, sources] of Object.entries(referrerSources())) {
      const counted = channel === 'ai' ? 'website' : channel;
      for (const { url } of sources) expect(channelOf(url.raw), url.raw).toBe(counted);
    }
  });

  it('is none of these for an assistant where Matomo has a channel for them', () => {
    for (const [channel, sources] of Object.entries(referrerSources())) {
      const counted = channel === 'ai' ? '' : channel;
      for (const { url } of sources) expect(channelOf(url.raw, [], true), url.raw).toBe(counted);
    }
    expect(channelOf('https://chatgpt.com/', ['https://chatgpt.com/'], true)).toBe('direct');
  });

  it('of a direct visit is the first source that a later hit names, a ping too', () => {
    const hits = [after(0), after(10, google), after(20, { referrer: 'https://t.co/a' })];
    expect(channelsOf(totalOf(hits))).toEqual({ ...none, search: 1 });
    expect(channelsOf(totalOf([after(0), after(9, { ...google, kind: 'ping' })]))).toEqual({
      ...none,
      search: 1,
    });
    expect(channelsOf(totalOf([after(0), after(9, landing('?mtm_campaign=x'))]))).toEqual({
      ...none,
      campaign: 1,
    });
  });
});

describe('a campaign', () => {
  it('begins a new visit when the visit came from elsewhere', () => {
    const hits = [after(0, google), after(10, landing('?utm_campaign=spring'))];
    expect(channelsOf(totalOf(hits))).toEqual({ ...none, search: 1, campaign: 1 });
  });

  it('begins a new visit when it is another, by name or keyword, in any case', () => {
    const visits = (...queries: string[]) =>
      totalOf(queries.map((query, n) => after(n * 10, landing(query)))).visits;
    expect(visits('?utm_campaign=spring', '?mtm_campaign=SPRING')).toBe(1);
    expect(visits('?utm_campaign=spring', '', '?utm_campaign=spring')).toBe(1);
    expect(visits('?utm_campaign=spring', '?utm_campaign=fall')).toBe(2);
    expect(visits('?utm_campaign=a&utm_term=x', '?utm_campaign=a&utm_term=X')).toBe(1);
    expect(visits('?utm_campaign=a&utm_term=x', '?utm_campaign=a&utm_term=y')).toBe(2);
  });

  it('without a keyword keeps that of the visit, wherever the link was', () => {
    const hits = [
      after(0, { ...landing('?utm_campaign=a&utm_term=x') }),
      after(10, { ...landing('?utm_campaign=a'), referrer: 'https://shop.example/' }),
    ];
    expect(totalOf(hits).visits).toBe(1);
  });

  it('has the search engine’s keyword or the referrer’s host when it has none', () => {
    const visits = (referrer: string) =>
      totalOf([
        after(0, { ...landing('?utm_campaign=a'), referrer }),
        after(10, landing('?utm_campaign=a&utm_term=shoes')),
      ]).visits;
    expect(visits('https://www.bing.com/search?q=Shoes')).toBe(1);
    expect(visits('https://blog.example/')).toBe(2);
  });

  it('is read from the fragment when the query names none', () => {
    const hits = [after(0, landing('#mtm_campaign=spring'))];
    expect(channelsOf(totalOf(hits))).toEqual({ ...none, campaign: 1 });
  });
});
