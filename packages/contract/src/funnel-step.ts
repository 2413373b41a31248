import * as z from 'zod/mini';
import { amount, line, orNull, whole } from './forms.ts';

/** Matomo keeps so many characters of a URL or a title. */
const longestText = 1_024;
const longestDelay_seconds = 3_600;
const mostMoney = 10_000_000;
const mostItems = 1_000;

const text = line(longestText);
const address = text.check(z.refine(isWebAddress, { error: 'is no http or https address' }));
const money = amount(0, mostMoney);
const delay = amount(0, longestDelay_seconds);

/** An absolute http or https address, or a relative one. */
function isWebAddress(written: string): boolean {
  const url = URL.parse(written, 'https://site.invalid/');
  return url !== null && /^https?:$/.test(url.protocol);
}

/** What a step of any type may have. */
const common = {
  /** The page's title; goes before `action_name`. */
  title: orNull(line(120)),
  /** The page the step happens on; left out: the page that is open. */
  url: orNull(address),
  action_name: orNull(text),
  /** How long the visitor takes after this step. */
  delay_seconds_min: orNull(delay),
  delay_seconds_max: orNull(delay),
  /** Share of visitors who leave after this step. */
  drop_off: z._default(amount(0, 1), 0),
};

const pageview = z.strictObject({ type: z.literal('pageview'), ...common, url: address });

const event = z.strictObject({
  type: z.literal('event'),
  ...common,
  event_category: text,
  event_action: text,
  event_name: text,
  event_value: orNull(z.number()),
});

const siteSearch = z.strictObject({
  type: z.literal('site_search'),
  ...common,
  search_keyword: text,
  search_category: orNull(line(200)),
  search_results: orNull(z.int().check(z.minimum(0))),
});

const outlink = z.strictObject({ type: z.literal('outlink'), ...common, target_url: address });
const download = z.strictObject({ type: z.literal('download'), ...common, target_url: address });

const ecommerce = z.strictObject({
  type: z.literal('ecommerce'),
  ...common,
  ecommerce_revenue: orNull(money),
  ecommerce_subtotal: orNull(money),
  ecommerce_tax: orNull(money),
  ecommerce_shipping: orNull(money),
  /** Pieces in all. */
  ecommerce_items: orNull(whole(1, mostItems)),
  /** For the reader only: Matomo takes the currency from the site. */
  ecommerce_currency: orNull(
    z.string().check(z.regex(/^[A-Za-z]{3}$/, { error: 'is no code of three letters' })),
  ),
});

const cart = z.strictObject({
  type: z.literal('cart'),
  ...common,
  /** Pieces in all. */
  cart_items: orNull(whole(1, mostItems)),
  revenue: orNull(money),
});

const goal = z.strictObject({
  type: z.literal('goal'),
  ...common,
  goal_id: whole(1, 2_147_483_647),
  /** Left out: the revenue that the goal has in Matomo. */
  goal_revenue: orNull(money),
});

const content = z.strictObject({
  type: z.literal('content'),
  ...common,
  content_name: text,
  content_piece: orNull(text),
  content_target: orNull(text),
  /** Given: the visitor interacts with the content; left out: it is shown. */
  content_interaction: orNull(text),
});

const byType = {
  pageview,
  event,
  site_search: siteSearch,
  outlink,
  download,
  ecommerce,
  cart,
  goal,
  content,
};

/** The types that a step can have. */
export const stepTypes = Object.keys(byType) as (keyof typeof byType)[];

/** The fields of a type of steps; null when there is no such type. */
export function stepFields(type: unknown): readonly string[] | null {
  const schema = stepTypes.find((known) => known === type);
  return schema === undefined ? null : Object.keys(byType[schema].shape);
}

/** Fields of all types. */
export const allStepFields: readonly string[] = [
  ...new Set(Object.values(byType).flatMap((schema) => Object.keys(schema.shape))),
];

/** One step of a funnel; rules across its fields are in `funnel-rules.ts`. */
export const funnelStep = z.discriminatedUnion(
  'type',
  [pageview, event, siteSearch, outlink, download, ecommerce, cart, goal, content],
  { error: `must be one of ${stepTypes.join(', ')}` },
);
export type FunnelStep = z.output<typeof funnelStep>;
export type FunnelStepOf<T extends FunnelStep['type']> = Extract<FunnelStep, { type: T }>;
