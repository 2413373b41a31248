import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSettings } from './read.ts';
import type { Settings } from './settings/list.ts';

const folder = join(import.meta.dirname, '../../../presets');
const readFile = (path: string): string => readFileSync(path, 'utf8');
const read = (name: string, environment: Record<string, string>) =>
  readSettings({
    environment,
    layers: [{ kind: 'env_file', path: join(folder, `.env.${name}`) }],
    readFile,
    purpose: 'send',
  });
const target = { MATOMO_URL: 'https://m.test.lan', MATOMO_TOKEN_AUTH: 'abc' };

/** The four sizes in numbers: users know them by these. */
const sizes: Record<string, Partial<Settings>> = {
  light: {
    target_visits_per_day: 1_000,
    concurrency: 10,
    pageviews_min: 2,
    pageviews_max: 4,
    visit_duration_min: 0.5,
    pause_between_pvs_max: 3,
    sitesearch_probability: 0.1,
    direct_traffic_probability: 0.4,
    ecommerce_order_value_max: 99.99,
    randomize_visitor_countries: false,
  },
  medium: {
    target_visits_per_day: 10_000,
    concurrency: 50,
    pageviews_min: 3,
    pageviews_max: 6,
    visit_duration_min: 1,
    pause_between_pvs_max: 2,
    sitesearch_probability: 0.15,
    direct_traffic_probability: 0.3,
    ecommerce_order_value_max: 299.99,
    randomize_visitor_countries: true,
  },
  heavy: {
    target_visits_per_day: 50_000,
    concurrency: 150,
    pageviews_min: 4,
    pageviews_max: 8,
    visit_duration_min: 2,
    pause_between_pvs_max: 1.5,
    sitesearch_probability: 0.2,
    direct_traffic_probability: 0.25,
    ecommerce_order_value_max: 499.99,
    randomize_visitor_countries: true,
  },
  extreme: {
    target_visits_per_day: 100_000,
    concurrency: 300,
    pageviews_min: 5,
    pageviews_max: 10,
    visit_duration_min: 3,
    pause_between_pvs_max: 1,
    sitesearch_probability: 0.25,
    direct_traffic_probability: 0.2,
    ecommerce_order_value_max: 999.99,
    randomize_visitor_countries: true,
  },
};

describe.each(Object.entries(sizes))('preset %s', (name, numbers) => {
  it('has its numbers', () => expect(read(name, target).settings).toMatchObject(numbers));

  it('with a target and a token has nothing to say but that it does not end', () => {
    const { ok, problems } = read(name, target);
    expect(ok).toBe(true);
    expect(problems.map((p) => p.code)).toEqual(['no_end']);
  });

  it('leaves target and token to the user', () => {
    const { ok, settings, problems } = read(name, {});
    expect(ok).toBe(false);
    expect(problems.filter((p) => p.severity === 'error').map((p) => p.code)).toEqual([
      'target_missing',
    ]);
    expect(settings.matomo_token_auth).toBeNull();
  });
});
