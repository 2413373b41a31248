import type { Settings } from '@trafficinator/contract';
import { type Crowd, compileCrowd } from '../plan/crowd/crowd.ts';
import { longestVisit_ms } from '../plan/longest-visit.ts';
import type { Material } from '../plan/material/material.ts';
import { liveRhythm } from './rhythm.ts';

/** The visitors of a live run who return; null: none do. */
export function liveCrowd(
  settings: Settings,
  material: Material,
  seed: number,
  visits_per_day = settings.target_visits_per_day,
): Crowd | null {
  const rhythm = liveRhythm(settings, visits_per_day, longestVisit_ms(settings, material));
  return compileCrowd(settings, rhythm, seed);
}
