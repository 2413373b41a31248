import { liveCrowd } from '../../../packages/loader/src/pace/live-crowd.ts';
import { builtinMaterial } from '../../../packages/loader/src/plan/material/builtin.ts';
import { compilePlan } from '../../../packages/loader/src/plan/plan.ts';
import { weigh } from '../warm-window.ts';
import { seed, settingsWith } from './ground.ts';
import type { Measured } from './row.ts';

const warmVisits = 200_000;
const weighedVisits = 600_000;

/** Nothing but page views and the visit's end. */
const plain = {
  sitesearch_probability: 0,
  outlinks_probability: 0,
  downloads_probability: 0,
  click_events_probability: 0,
  random_events_probability: 0,
  ecommerce_probability: 0,
} as const;

/** Every feature of a plan at once. */
const everything = {
  journey_share: 0.4,
  returning_visitor_share: 0.4,
  user_id_share: 0.3,
  negative_traffic: { bots: 0.02, ai_fetchers: 0.01, spam_referrers: 0.01 },
  channels: { search: 50, social: 15, website: 15, campaign: 15, ai: 5 },
  campaigns: 'spring:2,newsletter:1',
  ipv6_share: 0.3,
  cities: true,
} as const;

const settingsOf = {
  'plan-plain': plain,
  'plan-defaults': {},
  'plan-everything': everything,
} as const;

/** Planning alone: visits per second of processor time. */
export function measurePlanning(row: keyof typeof settingsOf): Measured {
  const settings = settingsWith(settingsOf[row]);
  const material = builtinMaterial();
  const crowd = liveCrowd(settings, material, seed);
  const plan = compilePlan(settings, material, seed, crowd);
  let index = 0;
  let hits = 0;
  const planUpTo = (end: number) => {
    for (; index < end; index++) hits += plan(index).hits.length;
  };
  planUpTo(warmVisits);
  const warmHits = hits;
  const end = weigh(() => index);
  planUpTo(warmVisits + weighedVisits);
  const { count, cpu_us } = end();
  return {
    figures: {
      visits_per_cpu_second: (count * 1e6) / cpu_us,
      cpu_us_per_visit: cpu_us / count,
      hits_per_visit: (hits - warmHits) / count,
    },
    hits: null,
  };
}
