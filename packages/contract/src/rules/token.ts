import type { Settings } from '../settings/list.ts';
import { targetsOf } from '../targets.ts';
import { finding, type Rule } from './rule.ts';

/** Every target that gets hits has a token of its own; MATOMO_TOKEN_AUTH is not lent to TARGETS. */
function allHaveTokens(settings: Settings): boolean {
  if (settings.targets === null) return settings.matomo_token_auth !== null;
  return targetsOf(settings).list.targets.every((target) => target.token_auth !== null);
}

/** Matomo refuses hits older than a day without a token: a backfill needs one. */
export const tokenForBackfill: Rule = {
  reads: ['matomo_token_auth', 'targets', 'matomo_url'],
  check: (settings, given, purpose) => {
    if (purpose !== 'backfill' || allHaveTokens(settings)) return [];
    return [
      finding(given, ['matomo_token_auth', 'targets'], 'backfill_needs_token', {
        message:
          'A backfill needs MATOMO_TOKEN_AUTH: without it Matomo refuses hits older than a day.',
        remedy:
          'Set MATOMO_TOKEN_AUTH (or MATOMO_TOKEN_AUTH_FILE) to a token with write access to the site.',
      }),
    ];
  },
};

/** Matomo answers 400 to `cip` and `country` without a valid token, so they are left out. */
export const tokenForCountries: Rule = {
  live: true,
  reads: ['matomo_token_auth', 'randomize_visitor_countries', 'targets', 'matomo_url'],
  check: (settings, given, purpose) => {
    if (!settings.randomize_visitor_countries || allHaveTokens(settings)) return [];
    return [
      finding(given, ['matomo_token_auth', 'randomize_visitor_countries'], 'no_token_degraded', {
        ...(purpose === 'plan' && { severity: 'notice' as const }),
        message:
          'Without MATOMO_TOKEN_AUTH Matomo refuses visitor IPs and countries, so they are left out: all visitors come from the loader’s own address.',
        remedy:
          'Set MATOMO_TOKEN_AUTH to a token with write access to the site, or RANDOMIZE_VISITOR_COUNTRIES=false if that is what you want.',
      }),
    ];
  },
};

/** Without a token Matomo refuses a `cdt` older than a day (its default for that limit). */
const oldestHours = 24;

export const tokenForOldHits: Rule = {
  live: true,
  reads: [
    'matomo_token_auth',
    'visit_pacing',
    'visit_duration_max',
    'pause_between_pvs_max',
    'pageviews_max',
    'max_lateness_seconds',
  ],
  check: (settings, given) => {
    if (settings.matomo_token_auth !== null || settings.visit_pacing !== 'compressed') return [];
    const pauses = (settings.pageviews_max - 1) * settings.pause_between_pvs_max;
    const hours =
      (settings.visit_duration_max * 60 + pauses + settings.max_lateness_seconds) / 3_600;
    if (hours < oldestHours) return [];
    return [
      finding(given, ['pause_between_pvs_max', 'visit_duration_max'], 'no_token_hits_too_old', {
        message: `Hits can be ${Math.ceil(hours)} hours old when they are sent, and without MATOMO_TOKEN_AUTH Matomo refuses hits older than ${oldestHours} hours.`,
        remedy: 'Set MATOMO_TOKEN_AUTH, or lower PAUSE_BETWEEN_PVS_MAX or PAGEVIEWS_MAX.',
      }),
    ];
  },
};

export const tokenOverPlainHttp: Rule = {
  reads: ['matomo_token_auth', 'matomo_url'],
  check: ({ matomo_token_auth: token, matomo_url: url }, given) => {
    if (token === null || !url?.startsWith('http:') || isLoopback(new URL(url).hostname)) return [];
    return [
      finding(given, ['matomo_url', 'matomo_token_auth'], 'token_over_plain_http', {
        message: 'The token is sent over plain http, where others on the network can read it.',
        remedy: 'Use an https address, or a token that is worth nothing elsewhere.',
      }),
    ];
  },
};

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127\./.test(host);
