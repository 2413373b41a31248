import { type Problem, problem, type Settings } from '@trafficinator/contract';
import { utcOffset } from '../../pace/calendar.ts';
import type { Site } from './api.ts';
import { unknownUrls } from './unknown-urls.ts';

/**
 * What the site in Matomo is set to that would make the reports other than the settings promise.
 * `addresses`: of all pages that visits may see. `now_ms`: epoch ms.
 */
export function compareSite(
  site: Site,
  settings: Settings,
  addresses: readonly string[],
  now_ms: number,
): Problem[] {
  return [
    ...currency(site, settings),
    ...timezone(site, settings, now_ms),
    ...features(site, settings),
    ...unknownUrls(site, settings, addresses),
  ];
}

function currency(site: Site, settings: Settings): Problem[] {
  const wanted = settings.ecommerce_currency;
  const sells = settings.ecommerce_probability > 0 || settings.journey_share > 0;
  if (!sells || site.currency === wanted) return [];
  return [
    problem('site_differs', {
      fields: ['ecommerce_currency'],
      value: wanted,
      message: `ECOMMERCE_CURRENCY is ${wanted}, but the site counts in ${site.currency}: Matomo takes no currency with an order, so 100 ${wanted} become 100 ${site.currency}.`,
      remedy: `Set ECOMMERCE_CURRENCY=${site.currency}, or change the site’s currency in Matomo.`,
    }),
  ];
}

function timezone(site: Site, settings: Settings, now_ms: number): Problem[] {
  if (sameClock(site.timezone, settings.timezone, now_ms)) return [];
  const capped = settings.max_visits_per_day > 0;
  return [
    problem('site_differs', {
      severity: capped ? 'warning' : 'notice',
      fields: ['timezone'],
      value: settings.timezone,
      message: capped
        ? `TIMEZONE is ${settings.timezone}, but the site’s days are those of ${site.timezone}: the daily cap does not fall on the days of the reports.`
        : `TIMEZONE is ${settings.timezone}, but the site’s days are those of ${site.timezone}: numbers per day differ from the reports.`,
      remedy: `Set TIMEZONE to the site’s zone (${site.timezone}), or change it in Matomo.`,
    }),
  ];
}

const halfMonth_ms = 15 * 86_400_000;

/** Names may differ while the clocks agree: CET and Europe/Stockholm. A year from `now_ms` is compared. */
export function sameClock(one: string, other: string, now_ms: number): boolean {
  if (one === other) return true;
  for (let step = 0; step < 25; step++) {
    const at_ms = now_ms + step * halfMonth_ms;
    if (offsetOf(one, at_ms) !== offsetOf(other, at_ms)) return false;
  }
  return true;
}

/** Besides IANA names a Matomo site may have a fixed offset in hours, e.g. `UTC+5.5`. */
function offsetOf(zone: string, at_ms: number): number {
  const hours = /^UTC([+-]\d+(?:\.\d+)?)$/.exec(zone)?.[1];
  return hours === undefined ? utcOffset(at_ms, zone) : Number(hours) * 3_600_000;
}

function features(site: Site, settings: Settings): Problem[] {
  const problems: Problem[] = [];
  // Journeys order and search, whatever the other visits do.
  const journeys = settings.journey_share > 0;
  const without = journeys ? ' and JOURNEY_SHARE=0' : '';
  if ((settings.ecommerce_probability > 0 || journeys) && !site.ecommerce) {
    problems.push(
      problem('site_feature_off', {
        fields: ['ecommerce_probability'],
        message: 'Ecommerce is off for this site: orders are stored, but no report shows them.',
        remedy: `Switch ecommerce on in the site’s settings, or set ECOMMERCE_PROBABILITY=0${without}.`,
      }),
    );
  }
  if ((settings.sitesearch_probability > 0 || journeys) && !site.sitesearch) {
    problems.push(
      problem('site_feature_off', {
        fields: ['sitesearch_probability'],
        message: 'Site search is off for this site: searches are recorded as ordinary page views.',
        remedy: `Switch site search on in the site’s settings, or set SITESEARCH_PROBABILITY=0${without}.`,
      }),
    );
  }
  return problems;
}
