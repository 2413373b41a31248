import { differenceOf } from '../compare.ts';
import { figure } from '../figures.ts';
import type { Cause, Rule } from './cause.ts';

const ofShop = /^(orders|order_|cart|conversions|conversion_revenue)/;
const ofSearch = ['searches', 'keywords', 'page_views', 'unique_page_views'];

/** What the site's settings keep out of its reports. */
export const featuresOff: Rule = ({ day, site }, open) => {
  const causes: Cause[] = [];
  const isAbsent = (name: string) =>
    figure(day.planned, name) > 0 && differenceOf(day, name) === -figure(day.planned, name);
  if (!site.ecommerce && isAbsent('orders')) {
    causes.push({
      code: 'ecommerce_off',
      label: 'ecommerce is off',
      text: `Ecommerce is off for this site: Matomo keeps the ${figure(day.planned, 'orders')} orders but shows them in no report. Switch it on in the site’s settings and archive again, or send none (ECOMMERCE_PROBABILITY=0).`,
      explains: [...open].filter((name) => ofShop.test(name)),
    });
  }
  if (!site.sitesearch && isAbsent('searches')) {
    causes.push({
      code: 'sitesearch_off',
      label: 'site search is off',
      text: `Site search is off for this site: Matomo recorded the ${figure(day.planned, 'searches')} searches as page views, for good. Switch it on before the next backfill, or send none (SITESEARCH_PROBABILITY=0).`,
      explains: ofSearch.filter((name) => open.has(name)),
    });
  }
  return causes;
};
