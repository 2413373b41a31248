import { campaignsOf, searchEngines } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import standInSpam from '../../../../fake-matomo/src/data/spam-referrers.json' with {
  type: 'json',
};
import type { ReferrerSource } from './material.ts';
import { referrerSources } from './referrers.ts';

const { search, social, website, ai } = referrerSources();
const hosts = (sources: readonly ReferrerSource[]) =>
  sources.map((source) => new URL(source.url.raw).host);

const searchHosts =
  /(^|\.)(google\.[a-z.]+|bing\.com|duckduckgo\.com|search\.yahoo\.com|ecosia\.org|startpage\.com|qwant\.com)$/;
const socialHosts =
  /(^|\.)(facebook\.com|instagram\.com|t\.co|x\.com|linkedin\.com|youtube\.com|reddit\.com|pinterest\.com)$/;
const otherChannels =
  /github|stackoverflow|twitter|vimeo|tumblr|yandex|baidu|ask\.com|chatgpt|openai|claude|perplexity|gemini|copilot|mistral|deepseek|grok|cnn\.com/;
/** Entries of Matomo's spam list; it looks for them anywhere in the referrer. */
const spam = [
  'adf.ly',
  'semalt',
  'pay.ru',
  'ucoz.ru',
  'erot.co',
  'buttons',
  'seo',
  'casino',
  'porn',
  'traffic',
  '.xyz',
];

/** More of them, as the stand-in knows them. */
const matomoSpam: readonly string[] = standInSpam;

describe('referrers', () => {
  it('have positive weights in every channel', () => {
    for (const sources of [search, social, website, ai]) {
      expect(sources.length).toBeGreaterThanOrEqual(sources === ai ? 5 : 10);
      for (const { weight } of sources) expect(weight).toBeGreaterThan(0);
    }
  });

  it('of search engines are bare origins of known engines, Google in several countries', () => {
    for (const { url } of search) {
      const parsed = new URL(url.raw);
      expect(parsed.host).toMatch(searchHosts);
      expect(parsed.href).toBe(`https://${parsed.host}/`);
    }
    expect(hosts(search).filter((host) => host.includes('google')).length).toBeGreaterThanOrEqual(
      5,
    );
  });

  it('of search engines are of all that can be chosen', () => {
    expect(new Set(search.map(({ engine }) => engine))).toEqual(new Set(searchEngines));
    for (const { engine, url } of search) expect(url.raw).toContain(engine);
  });

  it('of assistants are bare origins, none of which is a search engine or a social network', () => {
    expect(hosts(ai)).toEqual(
      expect.arrayContaining([
        'chatgpt.com',
        'claude.ai',
        'www.perplexity.ai',
        'gemini.google.com',
        'copilot.microsoft.com',
      ]),
    );
    for (const { url } of ai) expect(url.raw).toBe(`${new URL(url.raw).origin}/`);
    for (const host of hosts(ai)) expect(host).not.toMatch(socialHosts);
  });

  it('of social networks never are the one URL that counts as a search engine', () => {
    for (const host of hosts(social)) expect(host).toMatch(socialHosts);
    expect(hosts(social)).not.toContain('www.facebook.com');
  });

  it('of websites are in no other channel and on no other host twice', () => {
    for (const host of hosts(website)) {
      expect(host).not.toMatch(searchHosts);
      expect(host).not.toMatch(socialHosts);
      expect(host).not.toMatch(otherChannels);
      expect(host).toMatch(
        /\.example$|^(en\.wikipedia\.org|www\.bbc\.co\.uk|www\.theguardian\.com)$/,
      );
    }
    expect(new Set(hosts(website)).size).toBe(website.length);
  });

  it('contain nothing that Matomo drops as spam', () => {
    const ofCampaigns = campaignsOf({ campaigns: null }).campaigns.flatMap((c) => c.referrer ?? []);
    const sent = [...search, ...social, ...website, ...ai].map(({ url }) => url.raw);
    for (const url of [...sent, ...ofCampaigns]) {
      for (const word of [...spam, ...matomoSpam]) expect(url.toLowerCase()).not.toContain(word);
    }
  });
});
