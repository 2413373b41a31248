import { builtinMaterial } from '../../../packages/loader/src/plan/material/builtin.ts';
import { compilePlan } from '../../../packages/loader/src/plan/plan.ts';
import { seed, settingsWith } from './ground.ts';
import type { Measured, Span } from './row.ts';

const slice = 200;

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
export function measurePlanning(isPlain: boolean, span: Span): Measured {
  const plan = compilePlan(settingsWith(isPlain ? plain : {}), builtinMaterial(), seed);
  let index = 0;
  let hits = 0;
  const planFor = (span_ms: number) => {
    const until_ms = performance.now() + span_ms;
    while (performance.now() < until_ms) {
      for (const upTo = index + slice; index < upTo; index++) hits += plan(index).hits.length;
    }
  };
  planFor(span.warm_ms);
  const warm = { index, hits, cpu: process.cpuUsage() };
  planFor(span.window_ms);
  const { user, system } = process.cpuUsage(warm.cpu);
  const visits = index - warm.index;
  return {
    figures: {
      visits_per_cpu_second: (visits * 1e6) / (user + system),
      cpu_us_per_visit: (user + system) / visits,
      hits_per_visit: (hits - warm.hits) / visits,
    },
    hits: null,
  };
}
