import { expect, it } from 'vitest';
import { defaultSites } from '../sites/default-site.ts';
import { parseSites } from '../sites/site.ts';
import { Parameters } from './parameters.ts';
import { referrerOf } from './referrer.ts';

const site = parseSites(defaultSites()).get(1)!;
const PAGE = 'https://shop.example.test/';

it.each([
  ['', 'direct', ''],
  ['https://shop.example.test/other', 'direct', ''],
  ['https://www.google.se/', 'search', 'Google'],
  ['https://www.google.co.uk/search?q=Shoes', 'search', 'Google'],
  ['https://www.google.se/maps/place', 'website', 'www.google.se'],
  ['https://t.co/abc', 'social', 'Twitter'],
  ['https://www.instagram.com/', 'social', 'Instagram'],
  ['https://www.youtube.com/watch?v=1', 'social', 'YouTube'],
  ['https://www.facebook.com/', 'search', 'Facebook'],
  ['https://facebook.com/', 'social', 'Facebook'],
  ['https://www.facebook.com/groups/1', 'social', 'Facebook'],
  ['https://chatgpt.com/', 'website', 'chatgpt.com'],
  ['not an address', 'direct', ''],
])('%s is %s %s', (urlref, type, name) => {
  expect(referrerOf(new Parameters({ urlref }), site, PAGE)).toMatchObject({ type, name });
});

it.each([
  ['?utm_campaign=Spring&utm_term=Shoes', 'spring', 'shoes'],
  ['?utm_source=news&utm_medium=email', 'news', ''],
  ['#mtm_campaign=summer&mtm_kwd=x', 'summer', 'x'],
])('%s is campaign %s', (query, name, keyword) => {
  const referrer = referrerOf(new Parameters({}), site, `${PAGE}${query}`);
  expect(referrer).toMatchObject({ type: 'campaign', name, keyword });
});

it('takes a campaign from the hit itself, and no attribution cookie', () => {
  const own = new Parameters({ utm_campaign: 'spring', urlref: 'https://www.bing.com/' });
  expect(referrerOf(own, site, PAGE)).toMatchObject({ type: 'campaign', keyword: 'www.bing.com' });
  expect(referrerOf(new Parameters({ _rcn: 'spring' }), site, PAGE).type).toBe('direct');
});
