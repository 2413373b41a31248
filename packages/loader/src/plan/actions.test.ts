import { defaultSettings } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { chiSquare, chiSquareLimit, sigmas } from '../testing/statistics.ts';
import { probabilityInLongVisits } from './actions.ts';
import { builtinMaterial } from './material/builtin.ts';
import { type EventTemplate, encoded } from './material/material.ts';
import { compilePlan, type PlanSettings } from './plan.ts';
import type { Hit, Search, Visit } from './visit.ts';

const material = builtinMaterial();
const visits = 20_000;

/** What a setting makes happen, by the setting's name. */
const kinds = {
  sitesearch_probability: (hit: Hit) => hit.kind === 'search',
  outlinks_probability: (hit: Hit) => hit.kind === 'outlink',
  downloads_probability: (hit: Hit) => hit.kind === 'download',
  click_events_probability: (hit: Hit) => isOf(hit, material.click_events),
  random_events_probability: (hit: Hit) => isOf(hit, material.random_events),
  ecommerce_probability: (hit: Hit) => hit.kind === 'order',
} satisfies Partial<Record<keyof PlanSettings, (hit: Hit) => boolean>>;
const names = Object.keys(kinds) as (keyof typeof kinds)[];
const isOf = (hit: Hit, events: readonly EventTemplate[]) =>
  hit.kind === 'event' && events.includes(hit.detail as EventTemplate);

const visitsOf = (changes: Partial<PlanSettings>, count = visits, seed = 31): Visit[] => {
  const plan = compilePlan({ ...defaultSettings, ...changes }, material, seed);
  return Array.from({ length: count }, (_, index) => plan(index));
};
const all = (p: number) => Object.fromEntries(names.map((name) => [name, p]));
const viewsOf = (visit: Visit) => visit.hits.filter((hit) => hit.kind === 'pageview');

/** Visits with what a setting makes happen; every one has it once at most. */
function visitsWith(name: keyof typeof kinds, among: readonly Visit[]): number {
  let found = 0;
  for (const visit of among) {
    const times = visit.hits.filter(kinds[name]).length;
    if (times > 1) expect.fail(`visit ${visit.index} does it ${times} times: ${name}`);
    found += times;
  }
  return found;
}

describe('the share of visits that do something', () => {
  it.each([
    ['the defaults', {}],
    ['nothing', all(0)],
    ['a half of everything', all(0.5)],
    ['everything', all(1)],
    ['the defaults in 1 to 6 pages', { pageviews_min: 1, pageviews_max: 6 }],
    ['a half in 1 to 6 pages', { ...all(0.5), pageviews_min: 1, pageviews_max: 6 }],
    ['a half in 1 to 2 pages', { ...all(0.5), pageviews_min: 1, pageviews_max: 2 }],
    ['a half in 2 pages', { ...all(0.5), pageviews_min: 2, pageviews_max: 2 }],
  ] satisfies [string, Partial<PlanSettings>][])('is what was asked for: %s', (_, changes) => {
    const settings = { ...defaultSettings, ...changes };
    const planned = visitsOf(changes);
    for (const name of names) {
      const found = visitsWith(name, planned);
      expect(sigmas(found, visits, settings[name]), `${name}: ${found}`).toBeLessThan(3);
    }
  });

  it('is as large as can be when visits of one page leave no room for it', () => {
    const planned = visitsOf({ ...all(1), pageviews_min: 1, pageviews_max: 6 });
    const long = planned.filter((visit) => viewsOf(visit).length > 1);
    for (const name of names) expect(visitsWith(name, planned)).toBe(long.length);
    expect(sigmas(long.length, visits, 5 / 6)).toBeLessThan(3);
  });

  it('is nothing when all visits have one page', () => {
    const planned = visitsOf({ ...all(1), pageviews_min: 1, pageviews_max: 1 }, 500);
    for (const visit of planned) {
      expect(visit.hits.map((hit) => hit.kind)).toEqual(['pageview', 'ping']);
    }
  });

  it('of two things is independent', () => {
    const planned = visitsOf(all(0.5));
    for (const [i, a] of names.entries()) {
      for (const b of names.slice(i + 1)) {
        const both = planned.filter((v) => v.hits.some(kinds[a]) && v.hits.some(kinds[b])).length;
        expect(sigmas(both, visits, 0.25), `${a} and ${b}`).toBeLessThan(3.5);
      }
    }
  });

  it('is corrected for the visits of one page only', () => {
    const of = (min: number, max: number, p: number) =>
      probabilityInLongVisits({ pageviews_min: min, pageviews_max: max }, p);
    expect(of(3, 6, 0.15)).toBe(0.15);
    expect(of(2, 2, 1)).toBe(1);
    expect(of(1, 6, 0.5)).toBeCloseTo(0.6, 12);
    expect(of(1, 2, 0.5)).toBe(1);
    expect(of(1, 2, 0.9)).toBe(1);
    expect(of(1, 1, 0.9)).toBe(0);
    expect(of(1, 100, 0)).toBe(0);
  });
});

describe('where things happen', () => {
  const planned = visitsOf({ ...all(1), pageviews_min: 5, pageviews_max: 5 });
  const pageAt = (visit: Visit, hit: Hit) =>
    viewsOf(visit).findIndex((view) => view.pageview_id === hit.pageview_id);

  it.each([
    ['sitesearch_probability', [1, 2, 3]],
    ['outlinks_probability', [1, 2, 3, 4]],
    ['downloads_probability', [1, 2, 3, 4]],
    ['click_events_probability', [1, 2, 3, 4]],
    ['random_events_probability', [1, 2, 3, 4]],
  ] as const)('%s: on pages %j of five, all equally likely', (name, pages) => {
    const counts = [0, 0, 0, 0, 0];
    for (const visit of planned) counts[pageAt(visit, visit.hits.find(kinds[name])!)]! += 1;
    const allowed = pages.map((page) => counts[page]!);
    expect(allowed.reduce((a, b) => a + b)).toBe(visits);
    expect(chiSquare(allowed)).toBeLessThan(chiSquareLimit(pages.length - 1));
  });

  it('of two pages: a search on the first, the others on the second', () => {
    for (const visit of visitsOf({ ...all(1), pageviews_min: 2, pageviews_max: 2 }, 1_000)) {
      for (const name of names) {
        const wanted = name === 'sitesearch_probability' ? 0 : 1;
        expect(pageAt(visit, visit.hits.find(kinds[name])!), name).toBe(wanted);
      }
    }
  });

  it('every search, link and event there is gets its turn', () => {
    const drawn = new Set(planned.flatMap((visit) => visit.hits.map((hit) => hit.detail)));
    for (const event of [...material.click_events, ...material.random_events]) {
      expect(drawn).toContain(event);
    }
    const searches = [...drawn].filter((detail): detail is Search => !!detail && 'term' in detail);
    expect(new Set(searches.map(({ term }) => term))).toEqual(new Set(material.search_terms));
    const none = searches.filter(({ results }) => results === 0).length;
    expect(sigmas(none, visits, 0.12)).toBeLessThan(3);
    for (const { results } of searches) {
      if (!Number.isInteger(results) || results < 0 || results > 59) expect.fail(`${results}`);
    }
  });
});

describe('links', () => {
  const pages = ['https://a.example:8443/x?y=1', 'http://b.example', 'https://c.example#top'].map(
    (url) => ({ url: encoded(url), title: encoded(url) }),
  );
  const plan = compilePlan({ ...defaultSettings, ...all(1) }, { ...material, pages }, 1);
  const links = Array.from({ length: 400 }, (_, index) => plan(index)).flatMap((visit) =>
    visit.hits
      .filter((hit) => hit.kind === 'outlink' || hit.kind === 'download')
      .map((hit) => ({ ...hit, direct: visit.hits[0]?.referrer === null })),
  );

  it('to downloads are absolute, on the origin of their page', () => {
    const urls = links.filter((l) => l.kind === 'download').map((l) => [l.page, l.detail] as const);
    for (const [page, detail] of urls) {
      const url = (detail as { url: { raw: string; encoded: string } }).url;
      expect(new URL(url.raw).origin).toBe(new URL(page.url.raw).origin);
      expect(material.downloads).toContain(new URL(url.raw).pathname);
      expect(url.encoded).toBe(encodeURIComponent(url.raw));
    }
    expect(new Set(urls.map(([page]) => page)).size).toBe(3);
  });

  it('name the page that held them, but not an outlink of a direct visit', () => {
    for (const link of links) {
      const silent = link.kind === 'outlink' && link.direct;
      expect(link.referrer).toBe(silent ? null : link.page.url);
    }
    expect(links.some((link) => link.direct)).toBe(true);
    expect(links.some((link) => !link.direct)).toBe(true);
  });
});
