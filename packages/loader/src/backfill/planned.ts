import { addDays, type Settings, type TargetFeatures } from '@trafficinator/contract';
import type { RememberedBackfill } from '../account/batches/batch.ts';
import { BackfillSchedule } from '../pace/backfill/backfill-schedule.ts';
import { backfillRhythm } from '../pace/rhythm.ts';
import { type Crowd, compileCrowd } from '../plan/crowd/crowd.ts';
import { sparing } from '../plan/features.ts';
import { longestVisit_ms } from '../plan/longest-visit.ts';
import type { Material } from '../plan/material/material.ts';
import { compilePlan, type Plan } from '../plan/plan.ts';
import { planSeed } from './identity.ts';

/** What visits a backfill has, and when. */
export interface PlannedBackfill {
  readonly plan: Plan;
  /** The plan's visitors who return; null: none do. */
  readonly crowd: Crowd | null;
  readonly schedule: BackfillSchedule;
}

/** Plans a backfill by what is remembered of it; `features`: what the target is sent, null for all. */
export function planBackfill(
  backfill: Pick<RememberedBackfill, 'first_day' | 'days' | 'zone' | 'cut_ms' | 'seed'>,
  settings: Settings,
  material: Material,
  features: TargetFeatures | null,
): PlannedBackfill {
  const { first_day, days, zone, cut_ms, seed } = backfill;
  const window = { first_day, last_day: addDays(first_day, days - 1), days };
  const longest_visit_ms = longestVisit_ms(settings, material);
  const volume = { ...settings, longest_visit_ms };
  const schedule = new BackfillSchedule(window, zone, cut_ms, seed, volume);
  const rhythm = backfillRhythm(schedule, settings, longest_visit_ms);
  const crowd = compileCrowd(settings, rhythm, planSeed(backfill));
  const plan = compilePlan(settings, material, planSeed(backfill), crowd);
  return { plan: features === null ? plan : sparing(plan, features), crowd, schedule };
}
