import { readFileSync } from 'node:fs';
import { type Funnel, readFunnels } from '@trafficinator/contract';
import { builtinMaterial } from '../plan/material/builtin.ts';
import type { Material } from '../plan/material/material.ts';

const site = 'https://shop.example.test';
const templates = ['ecommerce-purchase', 'lead-generation', 'content-discovery'] as const;

export const exampleFile = (name: string): string =>
  new URL(`../../../../examples/${name}`, import.meta.url).pathname;

/** The three funnels of the examples, as their files have them. */
export const exampleFunnels = (): unknown[] =>
  templates.map((name) => JSON.parse(readFileSync(exampleFile(`funnels/${name}.json`), 'utf8')));

/** A step on the site; the page's title is its path. */
export const page = (path: string, more: object = {}): object => ({
  type: 'pageview',
  url: `${site}${path}`,
  title: path,
  ...more,
});

export const event = (name: string, more: object = {}): object => ({
  type: 'event',
  event_category: 'Test',
  event_action: 'Do',
  event_name: name,
  ...more,
});

/** Every kind of hit that a funnel can make, and none that is left out of Matomo's reports. */
export const everyKind = {
  name: 'Everything',
  probability: 1,
  steps: [
    page('/start', { delay_seconds_max: 4 }),
    { type: 'content', content_name: 'Banner', content_piece: 'hero.jpg', content_target: site },
    {
      type: 'content',
      content_name: 'Banner',
      content_piece: 'hero.jpg',
      content_interaction: 'click',
    },
    { type: 'site_search', search_keyword: 'café & more', search_category: 'Shop' },
    page('/found', { delay_seconds_min: 2, delay_seconds_max: 5 }),
    event('75 %', { event_value: 0.75 }),
    { type: 'outlink', target_url: 'https://partner.example/offer?x=1' },
    { type: 'download', target_url: 'files/guide.pdf' },
    { type: 'cart', cart_items: 3 },
    { type: 'cart', cart_items: 2, revenue: 49.99 },
    page('/checkout', { delay_seconds_min: 1 }),
    { type: 'ecommerce', url: `${site}/done`, ecommerce_revenue: 100, ecommerce_items: 3 },
    { type: 'goal', goal_id: 1 },
    { type: 'goal', goal_id: 2, goal_revenue: 12.5 },
    { type: 'goal', goal_id: 2, goal_revenue: 2 },
    { type: 'ecommerce', ecommerce_subtotal: 30, ecommerce_shipping: 4.95 },
    { type: 'cart', revenue: 5 },
  ],
};

/** Without waits: a test must not take as long as a visit. */
export const hasty = (funnel: unknown): object => {
  const { steps, ...rest } = funnel as { steps: object[] };
  const delays = { delay_seconds_min: null, delay_seconds_max: 0.01 };
  return { ...rest, steps: steps.map((step) => ({ ...step, ...delays })) };
};

/** Reads funnels as from a file; throws when they are not right. */
export function funnelsOf(list: readonly unknown[]): readonly Funnel[] {
  const { funnels, problems } = readFunnels(JSON.stringify(list), 'test');
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join(' '));
  return funnels;
}

/** The built-in material with funnels. */
export const materialWith = (list: readonly unknown[]): Material => ({
  ...builtinMaterial(),
  funnels: funnelsOf(list),
});
