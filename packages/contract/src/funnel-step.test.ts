import { describe, expect, it } from 'vitest';
import { funnelSchema } from './funnels.ts';
import { readFunnels } from './funnels-file.ts';

const page = { type: 'pageview', url: 'https://shop.example/' };
const event = { type: 'event', event_category: 'C', event_action: 'A', event_name: 'N' };
const withStep = (step: unknown) => ({ name: 'One', probability: 0.5, steps: [page, step] });
const messages = (value: unknown) =>
  readFunnels(JSON.stringify(value), '/data/f.json')
    .problems.filter(({ severity }) => severity === 'error')
    .map(({ message }) => message);

describe('a funnel', () => {
  it.each([
    { ...event, event_value: 1.5 },
    { type: 'site_search', search_keyword: 'a', search_category: 'b', search_results: 0 },
    { type: 'outlink', target_url: 'https://other.example/' },
    { type: 'download', target_url: '/files/a.pdf' },
    { type: 'ecommerce' },
    { type: 'ecommerce', ecommerce_revenue: 12, ecommerce_items: 2, ecommerce_currency: 'sek' },
    {
      type: 'ecommerce',
      ecommerce_revenue: 0.3,
      ecommerce_subtotal: 0.1,
      ecommerce_tax: 0.2,
      ecommerce_shipping: 0,
    },
    { type: 'cart', cart_items: 3, revenue: 10 },
    { type: 'goal', goal_id: 4, goal_revenue: 1 },
    { type: 'content', content_name: 'n', content_piece: 'p', content_target: '/t' },
    { type: 'content', content_name: 'n', content_interaction: 'click' },
    { ...page, title: 't', action_name: 'a', drop_off: 1 },
    { ...page, delay_seconds_min: 3600, delay_seconds_max: 3600 },
  ])('has steps such as %o', (step) => {
    expect(messages(withStep(step))).toEqual([]);
    expect(funnelSchema.safeParse(withStep(step)).success).toBe(true);
  });

  it.each<[unknown, string]>([
    [{}, ': type is missing.'],
    [
      { type: 'jump' },
      ' (jump): type must be one of pageview, event, site_search, outlink, download, ecommerce, cart, goal, content.',
    ],
    ['page', ' must be an object.'],
    [{ type: 'pageview' }, ' (pageview): url is missing.'],
    [{ ...page, url: 'ftp://x/' }, ' (pageview): url is no http or https address.'],
    [{ ...page, titlee: 'x' }, ' (pageview): titlee is no field of it; perhaps title is meant.'],
    [
      { ...page, title: 'a'.repeat(121) },
      ' (pageview): title has 121 characters, but may have 120.',
    ],
    [{ ...page, drop_off: 2 }, ' (pageview): drop_off is 2, but must be 1 or less.'],
    [
      { ...page, delay_seconds_max: 3601 },
      ' (pageview): delay_seconds_max is 3601, but must be 3600 or less.',
    ],
    [
      { ...page, delay_seconds_min: 2, delay_seconds_max: 1 },
      ' (pageview): delay_seconds_max is 1, but delay_seconds_min is 2.',
    ],
    [{ ...event, event_category: undefined }, ' (event): event_category is missing.'],
    [{ ...event, event_action: ' ' }, ' (event): event_action is empty.'],
    [{ ...event, event_name: null }, ' (event): event_name must be a text.'],
    [{ type: 'site_search' }, ' (site_search): search_keyword is missing.'],
    [
      { type: 'site_search', search_keyword: 'a', search_results: -1 },
      ' (site_search): search_results is -1, but must be 0 or more.',
    ],
    [{ type: 'outlink' }, ' (outlink): target_url is missing.'],
    [
      { type: 'download', target_url: 'mailto:a@b.c' },
      ' (download): target_url is no http or https address.',
    ],
    [
      { type: 'ecommerce', ecommerce_tax: -1 },
      ' (ecommerce): ecommerce_tax is -1, but must be 0 or more.',
    ],
    [
      { type: 'ecommerce', ecommerce_items: 0 },
      ' (ecommerce): ecommerce_items is 0, but must be 1 or more.',
    ],
    [
      { type: 'ecommerce', ecommerce_currency: 'euro' },
      ' (ecommerce): ecommerce_currency is no code of three letters.',
    ],
    [
      { type: 'ecommerce', ecommerce_revenue: 10, ecommerce_subtotal: 15.99 },
      ' (ecommerce): ecommerce_revenue is 10.00, but ecommerce_subtotal is 15.99.',
    ],
    [
      {
        type: 'ecommerce',
        ecommerce_revenue: 10,
        ecommerce_subtotal: 8,
        ecommerce_tax: 1,
        ecommerce_shipping: 2,
      },
      ' (ecommerce): ecommerce_revenue is 10.00, but ecommerce_subtotal 8.00 + ecommerce_tax 1.00 + ecommerce_shipping 2.00 is 11.00.',
    ],
    [{ type: 'cart', cart_items: 1.5 }, ' (cart): cart_items must be a whole number.'],
    [{ type: 'cart', revenue: -1 }, ' (cart): revenue is -1, but must be 0 or more.'],
    [{ type: 'goal' }, ' (goal): goal_id is missing.'],
    [{ type: 'goal', goal_id: 0 }, ' (goal): goal_id is 0, but must be 1 or more.'],
    [{ type: 'content' }, ' (content): content_name is missing.'],
  ])('is refused for the step %o', (step, message) => {
    expect(messages(withStep(step))).toEqual([`Funnel 1 “One”, step 2${message}`]);
    expect(funnelSchema.safeParse(withStep(step)).success).toBe(false);
  });
});
