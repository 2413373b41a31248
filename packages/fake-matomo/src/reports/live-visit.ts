import { DateTime } from 'luxon';
import type { Visit } from '../engine/visit.ts';
import type { Site } from '../sites/site.ts';
import { actionDetails } from './live-actions.ts';
import { REFERRER_TYPES } from './referrers.ts';

/** A visit as the visitor log shows it. Times of day are the site's, timestamps epoch seconds. */
export function visitDetails(visit: Visit, site: Site, withActions: boolean) {
  const local = (time_ms: number) => DateTime.fromMillis(time_ms, { zone: site.timezone });
  const ofKind = (kind: string) => visit.actions.filter((action) => action.kind === kind).length;
  return {
    idSite: site.id,
    idVisit: visit.id,
    visitIp: visit.ip,
    visitorId: visit.visitor_id,
    fingerprint: visit.fingerprint,
    ...(withActions ? { actionDetails: actionDetails(visit, site) } : {}),
    goalConversions: visit.conversions.filter(({ kind }) => kind === 'goal').length,
    siteCurrency: site.currency,
    siteName: site.name,
    serverDate: local(visit.last_action_ms).toISODate(),
    visitServerHour: String(local(visit.last_action_ms).hour),
    lastActionTimestamp: visit.last_action_ms / 1000,
    lastActionDateTime: DateTime.fromMillis(visit.last_action_ms, { zone: 'utc' }).toFormat(
      'yyyy-MM-dd HH:mm:ss',
    ),
    serverTimestamp: visit.last_action_ms / 1000,
    firstActionTimestamp: visit.first_action_ms / 1000,
    userId: visit.user_id,
    visitorType: visit.returning,
    visitConverted: visit.converted ? 1 : 0,
    visitCount: visit.visit_count,
    visitEcommerceStatus: ecommerceStatus(visit),
    daysSinceFirstVisit: Math.floor((visit.first_action_ms - visit.visitor_first_ms) / 86_400_000),
    visitDuration: visit.total_seconds,
    searches: ofKind('search'),
    events: ofKind('event'),
    actions: visit.action_count,
    referrerType: visit.referrer.type,
    referrerTypeName: REFERRER_TYPES[visit.referrer.type].label,
    referrerName: visit.referrer.name,
    referrerKeyword: visit.referrer.keyword,
    referrerUrl: visit.referrer.url,
    languageCode: visit.language,
    countryCode: visit.location.country,
    regionCode: visit.location.region,
    city: visit.location.city,
    latitude: visit.location.lat,
    longitude: visit.location.long,
    ...visitDimensions(visit, site),
  };
}

function ecommerceStatus(visit: Visit): string {
  const has = (kind: string) => visit.conversions.some((conversion) => conversion.kind === kind);
  if (has('order')) return has('cart') ? 'orderedThenAbandonedCart' : 'ordered';
  return has('cart') ? 'abandonedCart' : 'none';
}

function visitDimensions(visit: Visit, site: Site): Record<string, string | null> {
  const ofVisit = site.custom_dimensions.filter(({ scope }) => scope === 'visit');
  return Object.fromEntries(
    ofVisit.map(({ idcustomdimension: id }) => [
      `dimension${id}`,
      visit.dimensions.get(id) ?? null,
    ]),
  );
}
