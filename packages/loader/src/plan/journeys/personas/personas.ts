import type { Journey } from '../interface.ts';
import { journeyOf, type Way } from './way.ts';

/** Looks something up: reads much and long, searches, downloads, buys little. */
const researcher: Way = {
  entries: [],
  bounce_share: 0.15,
  pages_min: 4,
  pages_max: 12,
  exit_share: 0.04,
  dwell_seconds_min: 25,
  dwell_seconds_max: 150,
  search_share: 0.5,
  event_share: 0.2,
  download_share: 0.25,
  outlink_share: 0.15,
  product_share: 0.15,
  products_max: 2,
  cart_share: 0.05,
  order_share: 0.3,
  goals: [],
  contents: [],
  dimensions: [],
};

/** Comes to buy: looks at products, fills a cart, orders or leaves it. */
const buyer: Way = {
  entries: [],
  bounce_share: 0.1,
  pages_min: 2,
  pages_max: 6,
  exit_share: 0.1,
  dwell_seconds_min: 8,
  dwell_seconds_max: 60,
  search_share: 0.35,
  event_share: 0.3,
  download_share: 0.03,
  outlink_share: 0.02,
  product_share: 0.95,
  products_max: 4,
  cart_share: 0.45,
  order_share: 0.35,
  goals: [],
  contents: [
    {
      name: 'Recommendations',
      piece: 'Others also bought',
      share: 0.4,
      interaction_share: 0.15,
    },
  ],
  dimensions: [],
};

/** Happens to be here: half are gone after the first page. */
const casual: Way = {
  entries: [],
  bounce_share: 0.5,
  pages_min: 2,
  pages_max: 5,
  exit_share: 0.2,
  dwell_seconds_min: 5,
  dwell_seconds_max: 45,
  search_share: 0.08,
  event_share: 0.12,
  download_share: 0.02,
  outlink_share: 0.06,
  product_share: 0.15,
  products_max: 2,
  cart_share: 0.1,
  order_share: 0.2,
  goals: [],
  contents: [
    { name: 'Start banner', piece: 'Season picture', share: 0.3, interaction_share: 0.05 },
  ],
  dimensions: [],
};

/** The ways of the personas, by their names. */
export const ways = { researcher, buyer, casual } as const;

/** The built-in journeys, written with the interface that plugins have, and nothing else. */
export const personas: readonly Journey[] = Object.entries(ways).map(([name, way]) =>
  journeyOf(name, way),
);
