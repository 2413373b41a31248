import type { Settings } from '@trafficinator/contract';
import { encoded, type Material, type Page } from '../plan/material/material.ts';
import { compilePlan } from '../plan/plan.ts';
import type { Hit, Visit } from '../plan/visit.ts';
import type { Answer, Transport } from './answer.ts';
import { bulkBody } from './bulk/body.ts';
import { type Moment, queryOf } from './query.ts';
import type { HttpTransport } from './transport.ts';

export const probeTitle = 'Trafficinator check (probe)';
const probePath = '/trafficinator-check';

/** One marked visit of a single page view. */
export interface Probe {
  /** Matomo's visitor id, 16 hex digits. */
  readonly visitor_id: string;
  readonly url: string;
  /** Country that is sent along; null when none is. */
  readonly country: string | null;
  readonly query: string;
}

/**
 * A probe of the real kind: the first page view of a planned visit with all its parameters, only page
 * and title say what it is. `seed` decides who visits.
 */
export function makeProbe(
  settings: Settings,
  material: Material,
  seed: number,
  moment: Moment,
): Probe {
  // One that Matomo records: a visit of negative traffic would prove nothing. Its visitor comes once.
  const alone = { ...settings, negative_traffic: null, returning_visitor_share: 0 };
  const visit = compilePlan(alone, material, seed)(0);
  const view = visit.hits[0] as Hit;
  const url = new URL(probePath, (material.pages[0] as Page).url.raw).href;
  const hit: Hit = {
    ...view,
    page: { url: encoded(url), title: encoded(probeTitle) },
    referrer: null,
  };
  const with_location = sendsLocation(settings);
  return {
    visitor_id: visit.visitor.id,
    url,
    country: with_location ? countryOf(visit) : null,
    query: queryOf(visit, hit, moment, {
      site_id: settings.matomo_site_id,
      with_location,
      order_prefix: '',
    }),
  };
}

/** Whether hits carry an IP and a country: Matomo takes them only with a token. */
export const sendsLocation = (
  settings: Pick<Settings, 'matomo_token_auth' | 'randomize_visitor_countries'>,
): boolean => settings.matomo_token_auth !== null && settings.randomize_visitor_countries;

const countryOf = (visit: Visit): string => visit.visitor.place.country;

/** When a live run says that it happens. */
export const liveMoment = (settings: Pick<Settings, 'visit_pacing'>, at_ms: number): Moment => ({
  at_ms,
  send_cdt: settings.visit_pacing === 'compressed',
});

/** Sends the probe once, as a bulk request of one hit; it is never sent again, whatever the answer. */
export function sendBulkProbe(
  transport: Pick<HttpTransport, 'sendBulk'>,
  probe: Probe,
  token: string | null,
): Promise<Answer> {
  const body = bulkBody([probe.query], token);
  return new Promise((resolve) => transport.sendBulk(body, resolve));
}

/** Sends the probe once; it is never sent again, whatever the answer. */
export function sendProbe(transport: Transport, probe: Probe): Promise<Answer> {
  return new Promise((resolve) => transport.send(probe.query, resolve));
}
