import type { Hit } from '../engine/hit.ts';
import { HitRefused } from '../engine/refusal.ts';
import type { Site } from '../sites/site.ts';
import { siteDay } from '../sites/site-day.ts';
import { actionOf } from './action.ts';
import { type ExclusionReason, exclusionOf } from './exclusions.ts';
import { fingerprintOf, identityOf } from './identity.ts';
import { countryOfLanguage, locationOf, PRIVILEGED } from './location.ts';
import { conversionOf } from './money.ts';
import type { Parameters } from './parameters.ts';
import { referrerOf } from './referrer.ts';
import { requestTime } from './request-time.ts';

/** Who sent the HTTP request, as far as a hit may fall back on it. */
export interface Connection {
  readonly ip: string;
  readonly user_agent: string;
  readonly language: string;
  readonly referer: string;
  readonly is_prefetch: boolean;
}

export type ReadHit = { readonly hit: Hit } | { readonly excluded: ExclusionReason };

const TIMINGS = ['pf_net', 'pf_srv', 'pf_tfr', 'pf_dm1', 'pf_dm2', 'pf_onl'];
const LARGEST_TIMING = 16_777_215;

/**
 * Reads one tracking request into a hit, in the order Matomo checks it: site, token, time,
 * exclusions, then the rest.
 * @throws HitRefused or ServerFault when Matomo would refuse it or break on it.
 */
export function readHit(
  parameters: Parameters,
  connection: Connection,
  sites: ReadonlyMap<number, Site>,
  hasToken: boolean,
  now_ms: number,
  excludes = true,
): ReadHit {
  const site = sites.get(parameters.whole('idsite') ?? 0);
  if (site === undefined) {
    throw new HitRefused('unknown_site', `There is no site '${parameters.text('idsite')}'.`);
  }
  const privileged = PRIVILEGED.find((name) => parameters.text(name) !== '');
  if (privileged !== undefined && !hasToken) {
    throw new HitRefused('not_authenticated', `${privileged} needs a valid token_auth.`);
  }
  const time_ms = requestTime(parameters, now_ms, hasToken);
  const sender = {
    ip: parameters.text('cip') || connection.ip,
    user_agent: parameters.text('ua') || connection.user_agent,
    language: parameters.text('lang') || connection.language,
    is_prefetch: connection.is_prefetch,
  };
  const excluded = exclusionOf(parameters, sender, excludes);
  if (excluded !== null) return { excluded };
  const sentUrl = parameters.text('url');
  const url = sentUrl === '' && parameters.text('urlref') === '' ? connection.referer : sentUrl;
  const conversion = conversionOf(parameters);
  const isPing = parameters.whole('ping') === 1;
  const isAction = conversion === null && !isPing;
  const hit: Hit = {
    site,
    time_ms,
    ip: sender.ip,
    user_agent: sender.user_agent,
    language: sender.language,
    ...identityOf(parameters),
    fingerprint: fingerprintOf(parameters, sender, siteDay(time_ms, site.timezone)),
    starts_new_visit: parameters.whole('new_visit') === 1,
    is_ping: isPing,
    url,
    action: isAction ? actionOf(parameters, site, url) : null,
    conversion: isPing ? null : conversion,
    referrer: referrerOf(parameters, site, url),
    page_view_id: parameters.text('pv_id').slice(0, 6),
    performance: timingsOf(parameters),
    dimensions: dimensionsOf(parameters),
    location: locationOf(parameters),
    guessed_country: countryOfLanguage(sender.language),
  };
  return { hit };
}

function timingsOf(parameters: Parameters): Record<string, number> {
  const timings: Record<string, number> = {};
  for (const name of TIMINGS) {
    const value = parameters.whole(name);
    if (value === null || value === -1 || value > LARGEST_TIMING) continue;
    if (value < 0) throw new HitRefused('invalid_performance', `${name} must not be negative.`);
    timings[name] = value;
  }
  return timings;
}

function dimensionsOf(parameters: Parameters): ReadonlyMap<number, string> {
  const dimensions = new Map<number, string>();
  for (const [name] of parameters.entries()) {
    const id = /^dimension(\d+)$/.exec(name)?.[1];
    if (id !== undefined) dimensions.set(Number(id), parameters.text(name).trim().slice(0, 250));
  }
  return dimensions;
}
