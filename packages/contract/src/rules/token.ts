import type { SettingName, Settings } from '../settings/list.ts';
import { type Target, targetsOf } from '../targets.ts';
import { finding, type Rule } from './rule.ts';

/** A token that is missing: how it is called, and the settings that should have it. */
interface MissingToken {
  readonly name: string;
  readonly fields: readonly SettingName[];
}

/** What says which targets get hits, and with which tokens. */
const tokensOf = [
  'matomo_token_auth',
  'targets',
  'matomo_url',
] as const satisfies readonly SettingName[];

/**
 * The token that a target which needs one does not have, else null. Every target of TARGETS has its own:
 * MATOMO_TOKEN_AUTH is not lent to them.
 */
function missingToken(settings: Settings, needs: (target: Target) => boolean): MissingToken | null {
  if (settings.targets === null) {
    if (settings.matomo_token_auth !== null) return null;
    return { name: 'MATOMO_TOKEN_AUTH', fields: ['matomo_token_auth'] };
  }
  const without = targetsOf(settings).list.targets.filter(
    (target) => target.token_auth === null && needs(target),
  );
  if (without.length === 0) return null;
  return { name: `token_auth of ${namesOf(without)} in TARGETS`, fields: ['targets'] };
}

const namesOf = (targets: readonly Target[]): string =>
  targets.map(({ name }) => `“${name}”`).join(', ');

/** Matomo refuses hits older than a day without a token: a backfill needs one. */
export const tokenForBackfill: Rule = {
  reads: tokensOf,
  check: (settings, given, purpose) => {
    const missing = purpose === 'backfill' ? missingToken(settings, () => true) : null;
    if (missing === null) return [];
    const { name, fields } = missing;
    const or = settings.targets === null ? ' (or MATOMO_TOKEN_AUTH_FILE)' : '';
    return [
      finding(given, fields, 'backfill_needs_token', {
        message: `A backfill needs ${name}: without it Matomo refuses hits older than a day.`,
        remedy: `Set ${name}${or} to a token with write access to the site.`,
      }),
    ];
  },
};

/** Matomo answers 400 to `cip` and `country` without a valid token, so they are left out. */
export const tokenForCountries: Rule = {
  live: true,
  reads: [...tokensOf, 'randomize_visitor_countries'],
  check: (settings, given, purpose) => {
    if (!settings.randomize_visitor_countries) return [];
    const missing = missingToken(settings, (target) => target.features.countries);
    if (missing === null) return [];
    const { name, fields } = missing;
    const there = settings.targets === null ? '' : ' there';
    return [
      finding(given, [...fields, 'randomize_visitor_countries'], 'no_token_degraded', {
        ...(purpose === 'plan' && { severity: 'notice' as const }),
        message: `Without ${name} Matomo refuses visitor IPs and countries, so they are left out: all visitors${there} come from the loader’s own address.`,
        remedy: `Set ${name} to a token with write access to the site, or RANDOMIZE_VISITOR_COUNTRIES=false if that is what you want.`,
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
    'targets',
    'visit_pacing',
    'visit_duration_max',
    'pause_between_pvs_max',
    'pageviews_max',
    'max_lateness_seconds',
  ],
  check: (settings, given) => {
    const missing = missingToken(settings, () => true);
    if (missing === null || settings.visit_pacing !== 'compressed') return [];
    const pauses = (settings.pageviews_max - 1) * settings.pause_between_pvs_max;
    const hours =
      (settings.visit_duration_max * 60 + pauses + settings.max_lateness_seconds) / 3_600;
    if (hours < oldestHours) return [];
    return [
      finding(given, ['pause_between_pvs_max', 'visit_duration_max'], 'no_token_hits_too_old', {
        message: `Hits can be ${Math.ceil(hours)} hours old when they are sent, and without ${missing.name} Matomo refuses hits older than ${oldestHours} hours.`,
        remedy: `Set ${missing.name}, or lower PAUSE_BETWEEN_PVS_MAX or PAGEVIEWS_MAX.`,
      }),
    ];
  },
};

export const tokenOverPlainHttp: Rule = {
  reads: tokensOf,
  check: (settings, given) => {
    const exposed = targetsOf(settings).list.targets.filter(
      ({ token_auth, url }) => token_auth !== null && isOpenHttp(url),
    );
    if (exposed.length === 0) return [];
    const own = settings.targets === null;
    const whose = own ? 'The token' : `The token of ${namesOf(exposed)}`;
    return [
      finding(
        given,
        own ? ['matomo_url', 'matomo_token_auth'] : ['targets'],
        'token_over_plain_http',
        {
          message: `${whose} is sent over plain http, where others on the network can read it.`,
          remedy: 'Use an https address, or a token that is worth nothing elsewhere.',
        },
      ),
    ];
  },
};

/** Plain http to another machine. */
function isOpenHttp(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === 'http:' && !isLoopback(url.hostname);
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127\./.test(host);
