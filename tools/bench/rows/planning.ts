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

/** Planning alone: visits per second of processor time. */
export function measurePlanning(isPlain: boolean): Measured {
  const plan = compilePlan(settingsWith(isPlain ? plain : {}), builtinMaterial(), seed);
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
