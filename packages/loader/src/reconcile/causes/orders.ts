import { differenceOf } from '../compare.ts';
import type { Rule } from './cause.ts';

const ofOrders = /^(orders|order_|conversions|conversion_revenue)/;

/** Orders are short, and nothing else is. */
export const ordersRefused: Rule = ({ day }, open) => {
  const missing = -differenceOf(day, 'orders');
  if (missing <= 0 || ['visits', 'actions'].some((name) => open.has(name))) return [];
  return [
    {
      code: 'orders_refused',
      label: 'orders refused',
      text: `${missing} orders are missing while their visits are there: Matomo takes each order id once per site, for ever, and refuses it silently to a token that is not a super user’s. Most likely an earlier backfill with the same seed and settings has sent them before; another BACKFILL_SEED gives other ids.`,
      explains: [...open].filter((name) => ofOrders.test(name)),
    },
  ];
};
