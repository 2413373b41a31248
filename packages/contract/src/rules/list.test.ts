import { describe, expect, it } from 'vitest';
import type { Problem } from '../problem.ts';
import { defaultSettings, type SettingName, type Settings } from '../settings/list.ts';
import { checkRules } from './list.ts';
import type { Purpose } from './rule.ts';

/** A configuration that no rule has anything to say about. */
const quiet: Partial<Settings> = {
  matomo_url: 'https://m.test.lan/matomo.php',
  matomo_token_auth: 'abc',
  max_visits: 1000,
};

/** Many visits through one connection. */
const busy: Partial<Settings> = {
  target_visits_per_day: 500_000,
  max_connections: 1,
};

function check(change: Partial<Settings>, purpose: Purpose = 'send', broken: SettingName[] = []) {
  const settings = { ...defaultSettings, ...quiet, ...change };
  const given = new Map(
    (Object.keys(change) as SettingName[]).map((name) => [
      name,
      { value: String(change[name]), source: 'environment' },
    ]),
  );
  return checkRules(settings, given, new Set(broken), purpose);
}
const told = (problems: readonly Problem[]) => problems.map((p) => `${p.severity} ${p.code}`);

describe('rules', () => {
  it('have nothing to say about sound settings', () => expect(check({})).toEqual([]));

  it.each<[Partial<Settings>, string[]]>([
    // min ≤ max
    [{ pageviews_min: 7 }, ['error min_above_max']],
    [{ pageviews_min: 6 }, []],
    [{ visit_duration_max: 0.5 }, ['error min_above_max']],
    [{ pause_between_pvs_min: 3 }, ['error min_above_max']],
    [{ ecommerce_order_value_min: 300 }, ['error min_above_max']],
    [{ ecommerce_items_min: 6 }, ['error min_above_max']],
    // zone, currency
    [{ timezone: 'Europe/Stockholm' }, []],
    [{ timezone: 'UTC' }, []],
    [{ timezone: '+01:00' }, ['error zone_unknown']],
    [{ timezone: 'Mars/Olympus' }, ['error zone_unknown']],
    [{ ecommerce_currency: 'EUR' }, []],
    [{ ecommerce_currency: 'eur' }, ['error currency_unknown']],
    [{ ecommerce_currency: 'XQX' }, ['error currency_unknown']],
    // shards
    [{ shard: '0/2' }, ['error shard_needs_seed', 'error shard_needs_start']],
    [{ shard: '0/2', seed: 1 }, ['error shard_needs_start']],
    [{ shard: '0/2', seed: 1, run_started_at: '2026-05-01T12:00:00.000Z' }, []],
    [
      { shard: '1/3', seed: 1, run_started_at: '2026-05-01T12:00:00.000Z', max_visits: 2 },
      ['error shard_without_share'],
    ],
    // target
    [{ matomo_url: null }, ['error target_missing']],
    [{ matomo_url: 'https://matomo.example.com/matomo.php' }, ['warning target_is_placeholder']],
    [
      { matomo_url: 'https://your-matomo-instance.com/matomo.php' },
      ['warning target_is_placeholder'],
    ],
    [{ matomo_url: 'https://shop1.example/matomo.php' }, ['warning target_is_placeholder']],
    [{ matomo_url: 'https://notexample.com/matomo.php' }, []],
    // token
    [{ matomo_token_auth: null }, ['warning no_token_degraded']],
    [{ matomo_token_auth: null, randomize_visitor_countries: false }, []],
    [
      {
        matomo_token_auth: null,
        pause_between_pvs_max: 1799,
        pageviews_max: 60,
        concurrency: 9999,
      },
      ['warning no_token_degraded', 'warning no_token_hits_too_old'],
    ],
    [{ pause_between_pvs_max: 1799, pageviews_max: 60, concurrency: 9999 }, []],
    [{ matomo_url: 'http://m.test.lan/matomo.php' }, ['warning token_over_plain_http']],
    [{ matomo_url: 'http://localhost:8080/matomo.php' }, []],
    [{ matomo_url: 'http://127.0.0.1/matomo.php' }, []],
    [{ matomo_url: 'http://[::1]/matomo.php' }, []],
    // TLS
    [{ tls_insecure: true }, ['warning tls_not_verified']],
    [{ tls_ca_file: '/ca.pem' }, []],
    [{ tls_ca_file: '/ca.pem', matomo_url: 'http://localhost/x.php' }, ['warning tls_ca_unused']],
    // volume
    [{ target_visits_per_day: 500_000 }, []],
    [{ target_visits_per_day: 500_001, concurrency: 500 }, ['warning target_very_high']],
    [{ max_visits_per_day: 20_001 }, ['notice cap_never_reached']],
    [{ max_visits_per_day: 20_000 }, []],
    [{ max_visits: 0 }, ['notice no_end']],
    [{ max_visits: 0, auto_stop_after_hours: 1 }, []],
    // capacity
    [{ concurrency: 300 }, []],
    [{ concurrency: 1, target_visits_per_day: 20_000 }, ['warning concurrency_too_small']],
    [{ max_connections: 1, target_visits_per_day: 400_000 }, ['warning connections_too_few']],
    [{ visit_pacing: 'realtime' }, ['warning concurrency_too_small']],
    [{ visit_pacing: 'realtime', concurrency: 70 }, []],
    // Bulk: 5.8 visits a second wait a second for their request, whatever lies within them.
    [{ ...busy, delivery: 'bulk', concurrency: 7 }, []],
    [{ ...busy, delivery: 'bulk', concurrency: 6 }, ['warning concurrency_too_small']],
    [{ ...busy, delivery: 'auto' }, ['warning connections_too_few']],
    [
      { ...busy, delivery: 'bulk', visit_pacing: 'realtime', concurrency: 2_000 },
      ['warning connections_too_few', 'warning bulk_not_in_realtime'],
    ],
    // shares
    [{ pageviews_min: 1, pageviews_max: 2, sitesearch_probability: 0.5 }, []],
    [
      { pageviews_min: 1, pageviews_max: 2, sitesearch_probability: 0.51 },
      ['warning share_unreachable'],
    ],
    // orders
    [
      { ecommerce_order_value_min: 1, ecommerce_order_value_max: 5, ecommerce_shipping_rates: [5] },
      ['error order_value_unreachable'],
    ],
    [
      {
        ecommerce_order_value_min: 1,
        ecommerce_order_value_max: 5,
        ecommerce_shipping_rates: [0, 5],
      },
      ['warning shipping_above_order_value'],
    ],
    [
      {
        ecommerce_probability: 0,
        ecommerce_order_value_min: 1,
        ecommerce_order_value_max: 5,
        ecommerce_shipping_rates: [5],
      },
      [],
    ],
    // negative traffic
    [{ negative_traffic: { bots: 0.6, ai_fetchers: 0.3 } }, []],
    [{ negative_traffic: { bots: 0.7, ai_fetchers: 0.3 } }, ['warning nothing_recorded']],
    // start
    [{ auto_start: false }, ['notice waits_for_signal']],
  ])('%j: %j', (change, expected) => expect(told(check(change))).toEqual(expected));

  it('tell one-page visits from all they cannot do', () => {
    const problems = check({ pageviews_min: 1, pageviews_max: 1 });
    expect(problems.map((p) => p.fields[0])).toEqual([
      'sitesearch_probability',
      'outlinks_probability',
      'downloads_probability',
      'click_events_probability',
      'random_events_probability',
      'ecommerce_probability',
    ]);
  });

  it('are left out where a setting they read is already wrong', () => {
    expect(check({ timezone: 'X' }, 'send', ['timezone'])).toEqual([]);
    const wrong = check({ pageviews_min: 99, visit_duration_max: 240, concurrency: 1 });
    expect(told(wrong)).toEqual(['error min_above_max']);
  });

  it('say what was written and where', () => {
    expect(check({ pageviews_min: 9 })).toMatchObject([
      {
        fields: ['pageviews_min', 'pageviews_max'],
        value: '9',
        source: 'environment',
        message: 'PAGEVIEWS_MIN (9) is above PAGEVIEWS_MAX (6).',
        remedy: expect.stringContaining('Set PAGEVIEWS_MAX as well'),
      },
    ]);
  });

  it('suggest a zone', () => {
    expect(check({ timezone: 'Europe/Stokholm' })[0]!.remedy).toBe(
      'Did you mean Europe/Stockholm?',
    );
    expect(check({ timezone: 'Stockholm' })[0]!.remedy).toBe('Did you mean Europe/Stockholm?');
    expect(check({ timezone: 'Mars/Olympus' })[0]!.remedy).toContain('Write an IANA zone');
  });

  it('say how many visits will be in flight', () => {
    // 1 visit a second for 4.5 minutes each, and its hits' answers: 270.55 s.
    const problems = check({ visit_pacing: 'realtime', target_visits_per_day: 86_400 });
    expect(problems[0]!.message).toContain('About 271 visits');
  });

  it('do not ask for a target or a token to plan', () => {
    expect(told(check({ matomo_url: null, matomo_token_auth: null }, 'plan'))).toEqual([
      'notice target_missing',
      'notice no_token_degraded',
    ]);
  });
});
