import { readFileSync } from 'node:fs';
import { defaultSettings } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { exampleFile } from '../../testing/funnel-material.ts';
import { materialWithPlugins } from '../../testing/journey-material.ts';
import { sigmas } from '../../testing/statistics.ts';
import { compilePlan } from '../plan.ts';
import type { Visit } from '../visit.ts';
import { knownJourneys } from './journeys.ts';
import { groundOf } from './site.ts';

function planned(file: object, name: string, count = 10_000): Visit[] {
  const material = materialWithPlugins([], file);
  const settings = { ...defaultSettings, journey_share: 1, journeys: `${name}:1` };
  const others = knownJourneys(material, settings)
    .map(({ journey }) => journey.name)
    .filter((other) => other !== name);
  settings.journeys += others.map((other) => `,${other}:0`).join('');
  const plan = compilePlan(settings, material, 8);
  return Array.from({ length: count }, (_, index) => plan(index));
}
const share = (visits: readonly Visit[], is: (visit: Visit) => boolean) => visits.filter(is).length;
const has = (kind: string) => (visit: Visit) => visit.hits.some((hit) => hit.kind === kind);
const example = JSON.parse(readFileSync(exampleFile('journeys.json'), 'utf8'));

describe('a journey of a file', () => {
  it('takes the place of the persona whose name it has, with other rates', () => {
    const file = {
      journeys: [{ name: 'buyer', bounce_share: 0, cart_share: 1, order_share: 0.5 }],
    };
    const visits = planned(file, 'buyer');
    const carts = share(visits, has('cart'));
    expect(sigmas(carts, visits.length, 0.95)).toBeLessThan(3);
    expect(sigmas(share(visits, has('order')), carts, 0.5)).toBeLessThan(3);
    expect(knownJourneys(materialWithPlugins([], file), defaultSettings)).toHaveLength(3);
  });

  it('of the example begins where it says, with its goal, its content and its dimension', () => {
    const visits = planned(example, 'newsletter reader');
    for (const { faults } of visits) if (faults !== undefined) expect.fail(faults[0]?.message);
    const archive = share(visits, ({ hits }) =>
      (hits[0]?.page.url.raw ?? '').includes('/blog/newsletter-archive'),
    );
    expect(sigmas(archive, visits.length, 0.75)).toBeLessThan(3);
    const stayed = visits.filter(
      ({ hits }) => hits.filter((h) => h.kind === 'pageview').length > 1,
    );
    expect(sigmas(stayed.length, visits.length, 0.7)).toBeLessThan(3);
    expect(sigmas(share(stayed, has('goal')), stayed.length, 0.05)).toBeLessThan(3);
    expect(sigmas(share(visits, has('content')), visits.length, 0.8)).toBeLessThan(3);
    expect(sigmas(share(visits, has('interaction')), visits.length, 0.16)).toBeLessThan(3);
    const members = share(visits, ({ hits }) => hits[0]?.dimensions === '&dimension1=member');
    expect(sigmas(members, visits.length, 0.3)).toBeLessThan(3);
  });

  it('goes from section to section as the file says', () => {
    const sections = { blog: { weight: 0 }, products: { leads_to: { blog: 1 } } };
    const { site } = groundOf(materialWithPlugins([], { popularity: 0, sections }));
    const section = (name: string) => site.sections.find((each) => each.name === name);
    expect(section('blog')?.weight).toBe(0);
    expect(section('products')?.leads_to).toEqual([{ section: section('blog'), weight: 1 }]);
    const sum = section('support')?.leads_to.reduce((total, { weight }) => total + weight, 0);
    expect(sum).toBeCloseTo(1, 12);
    expect(section('support')?.leads_to.some((each) => each.section === section('blog'))).toBe(
      false,
    );
  });

  it('finds the pages that weigh most popular, and never those that weigh nothing', () => {
    const plain = materialWithPlugins([]);
    const page_weights = plain.pages.map((_, at) => (at % 2 === 0 ? 0 : at));
    const { sections } = groundOf({ ...plain, page_weights }).site;
    const urls = plain.pages.map(({ url }) => url.raw);
    for (const { pages } of sections) {
      const places = pages.map(({ url }) => urls.indexOf(url));
      expect(places).toEqual(places.toSorted((a, b) => b - a));
      expect(places.every((at) => at % 2 === 1)).toBe(true);
    }
    expect(sections.reduce((sum, { pages }) => sum + pages.length, 0)).toBe(urls.length / 2);
  });

  it('has products where it says, and a least above its persona’s most counts', () => {
    const journey = {
      name: 'own',
      bounce_share: 0,
      product_share: 1,
      product_page: '/shop/{sku}?name={name}',
      pages_min: 9,
    };
    for (const { hits, faults } of planned({ journeys: [journey] }, 'own', 200)) {
      expect(faults).toBeUndefined();
      const products = hits.filter((hit) => hit.detail !== null && 'product' in hit.detail);
      expect(products.length).toBeGreaterThan(0);
      for (const { page } of products) {
        expect(page.url.raw).toMatch(/^https:\/\/shop\.example\.test\/shop\/[\w-]+\?name=/);
      }
    }
  });
});
