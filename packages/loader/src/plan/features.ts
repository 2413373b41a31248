import type { TargetFeatures } from '@trafficinator/contract';
import type { Plan } from './plan.ts';
import type { Hit, HitKind, Visit } from './visit.ts';

const featureOf: Partial<Record<HitKind, keyof TargetFeatures>> = {
  search: 'site_search',
  outlink: 'outlinks',
  download: 'downloads',
  event: 'events',
  content: 'content',
  interaction: 'content',
  cart: 'ecommerce',
  order: 'ecommerce',
  goal: 'goals',
};

/** The same plan without the hits that a target is spared; page views and pings always stay. */
export function sparing(plan: Plan, features: TargetFeatures): Plan {
  const spared = (Object.keys(featureOf) as HitKind[]).filter((kind) => {
    const feature = featureOf[kind];
    return feature !== undefined && !features[feature];
  });
  if (spared.length === 0) return plan;
  return (index, site_day) => without(plan(index, site_day), spared);
}

/** What is left of a visit; a pause before a hit that is left out is kept before the next one. */
function without(visit: Visit, spared: readonly HitKind[]): Visit {
  const kept = new Map<Hit, Hit>();
  let pause_ms = 0;
  for (const hit of visit.hits) {
    pause_ms += hit.pause_ms;
    if (spared.includes(hit.kind)) continue;
    kept.set(hit, pause_ms === hit.pause_ms ? hit : { ...hit, pause_ms });
    pause_ms = 0;
  }
  const { funnel } = visit;
  const hits = [...kept.values()];
  if (funnel === undefined) return { ...visit, hits };
  const steps = funnel.steps.map((hit) => (hit === null ? null : (kept.get(hit) ?? null)));
  return { ...visit, hits, funnel: { ...funnel, steps } };
}
