import type { TargetFeatures } from '@trafficinator/contract';
import type { Plan } from './plan.ts';
import type { HitKind } from './visit.ts';

const featureOf: Partial<Record<HitKind, keyof TargetFeatures>> = {
  search: 'site_search',
  outlink: 'outlinks',
  download: 'downloads',
  event: 'events',
  order: 'ecommerce',
};

/** The same plan without the hits that a target is spared; page views and pings always stay. */
export function sparing(plan: Plan, features: TargetFeatures): Plan {
  const spared = (Object.keys(featureOf) as HitKind[]).filter((kind) => {
    const feature = featureOf[kind];
    return feature !== undefined && !features[feature];
  });
  if (spared.length === 0) return plan;
  return (index) => {
    const visit = plan(index);
    return { ...visit, hits: visit.hits.filter((hit) => !spared.includes(hit.kind)) };
  };
}
