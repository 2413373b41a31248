import { expect, it } from 'vitest';
import { parseSites } from '../sites/site.ts';
import { goalsFiredBy } from './goals.ts';
import type { ActionDraft } from './visit.ts';

const URL_THANKS = 'https://shop.example.test/Thanks?order=1';
const page: ActionDraft = { kind: 'page', url: URL_THANKS, title: 'Thank you' };
const event: ActionDraft = {
  kind: 'event',
  url: URL_THANKS,
  title: '',
  event: { category: 'Video', action: 'Play', name: 'Intro', value: null },
};
const link: ActionDraft = { kind: 'outlink', url: 'https://example.org/x', title: '' };
const file: ActionDraft = { kind: 'download', url: 'https://shop.example.test/m.pdf', title: '' };

it.each([
  [{ match_attribute: 'url', pattern: '/thanks' }, page, true],
  [{ match_attribute: 'url', pattern: '/thanks', case_sensitive: 1 }, page, false],
  [{ match_attribute: 'url', pattern: '/thanks' }, event, false],
  [{ match_attribute: 'url', pattern: URL_THANKS, pattern_type: 'exact' }, page, true],
  [{ match_attribute: 'url', pattern: 'thanks', pattern_type: 'exact' }, page, false],
  [{ match_attribute: 'url', pattern: 'order=\\d+$', pattern_type: 'regex' }, page, true],
  [{ match_attribute: 'title', pattern: 'thank' }, page, true],
  [{ match_attribute: 'event_category', pattern: 'video' }, event, true],
  [{ match_attribute: 'event_action', pattern: 'stop' }, event, false],
  [{ match_attribute: 'event_name', pattern: 'intro' }, event, true],
  [{ match_attribute: 'external_website', pattern: 'example.org' }, link, true],
  [{ match_attribute: 'file', pattern: '.pdf' }, file, true],
  [{ match_attribute: 'manually' }, page, false],
] as const)('goal %o fires: %o → %s', (goal, action, fires) => {
  const sites = parseSites({
    1: {
      name: 'Shop',
      main_url: 'https://shop.example.test',
      goals: [{ idgoal: 1, name: 'Goal', ...goal }],
    },
  });
  expect(goalsFiredBy(sites.get(1)!, action, URL_THANKS)).toHaveLength(fires ? 1 : 0);
});
