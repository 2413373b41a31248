import { describe, expect, it } from 'vitest';
import { defaultSettings, type Settings } from '../settings/list.ts';
import { checkRules } from './list.ts';
import type { Purpose } from './rule.ts';

/** What the rules say over targets that have tokens and https addresses unless a sketch says otherwise. */
function over(
  sketches: readonly object[],
  change: Partial<Settings> = {},
  purpose: Purpose = 'send',
) {
  const list = sketches.map((sketch, at) => ({
    name: `t${at}`,
    url: 'https://m.test.lan',
    site_id: at + 1,
    token_auth: 'x',
    ...sketch,
  }));
  const settings = {
    ...defaultSettings,
    max_visits: 1_000,
    targets: JSON.stringify(list),
    ...change,
  };
  return checkRules(settings, new Map(), new Set(), purpose);
}
const told = (problems: ReturnType<typeof over>) => problems.map((p) => `${p.severity} ${p.code}`);

describe('rules over several targets', () => {
  const old = { pause_between_pvs_max: 1799, pageviews_max: 60, concurrency: 9999 };

  it('look for each target’s own token, and name those without', () => {
    expect(over([{}, {}], old)).toEqual([]);
    const found = over([{}, { token_auth: null }, { token_auth: '' }], old);
    expect(told(found)).toEqual(['warning no_token_degraded', 'warning no_token_hits_too_old']);
    for (const { message } of found) {
      expect(message).toContain('token_auth of “t1”, “t2” in TARGETS');
    }
    // A token for MATOMO_URL is nobody's here.
    expect(told(over([{ token_auth: null }], { ...old, matomo_token_auth: 'x' }))).toContain(
      'warning no_token_hits_too_old',
    );
    expect(over([{ token_auth: null, features: { countries: false } }])).toEqual([]);
    const past = over([{}, { token_auth: null }], {}, 'backfill');
    expect(told(past)).toEqual(['error backfill_needs_token']);
    expect(past[0]?.fields).toEqual(['targets']);
  });

  it('tell whose token is sent over plain http', () => {
    const found = over([
      { url: 'http://one.test.lan', token_auth: 'a-secret' },
      { url: 'http://127.0.0.1' },
      { url: 'http://two.test.lan', token_auth: null, features: { countries: false } },
      { url: 'http://three.test.lan', enabled: false },
    ]);
    expect(told(found)).toEqual(['warning token_over_plain_http']);
    expect(found[0]).toMatchObject({
      fields: ['targets'],
      message:
        'The token of “t0” is sent over plain http, where others on the network can read it.',
    });
    expect(JSON.stringify(found)).not.toContain('a-secret');
  });

  it('know that bulk delivery is each target’s own', () => {
    const busy = { target_visits_per_day: 500_000, max_connections: 1 };
    expect(over([{ delivery: 'bulk' }, {}], { ...busy, delivery: 'bulk' })).toEqual([]);
    expect(told(over([{ delivery: 'single' }, {}], { ...busy, delivery: 'bulk' }))).toEqual([
      'warning connections_too_few',
    ]);
  });

  it('refuse a cap of a backfill that cannot be divided among them', () => {
    const divided = (change: Partial<Settings>, weights: number[] = [3, 1, 1]) =>
      over(
        weights.map((weight) => ({ weight })),
        change,
        'backfill',
      );
    const problems = divided({ backfill_max_visits_per_day: 2, backfill_max_visits_total: 3 });
    expect(told(problems)).toEqual(['error targets_contradict']);
    expect(problems[0]).toMatchObject({
      fields: ['backfill_max_visits_per_day', 'targets'],
      message: 'BACKFILL_MAX_VISITS_PER_DAY is 2, and 3 targets divide it.',
      remedy: 'Set it to 3 or more, or name fewer targets.',
    });
    expect(divided({ backfill_max_visits_per_day: 2 }, [3, 1, 0])).toEqual([]);
    expect(divided({ backfill_max_visits_per_day: 0 })).toEqual([]);
    expect(divided({ backfill_max_visits_per_day: 2, target_strategy: 'mirror' })).toEqual([]);
  });
});
