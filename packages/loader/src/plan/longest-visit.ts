import type { Settings } from '@trafficinator/contract';
import { longestDelay_ms } from './funnels/steps.ts';
import { longestJourney_ms } from './journeys/longest-journey.ts';
import type { Material } from './material/material.ts';

/**
 * No visit of a plan takes longer, in ms of simulated time: the longest stay, after the longest funnel for
 * visitors who browse on; or the longest journey; or as long as a plugin may have it.
 */
export function longestVisit_ms(
  settings: Pick<Settings, 'visit_duration_max' | 'journey_share'>,
  material: Pick<Material, 'funnels' | 'behaviour'>,
): number {
  const { funnels } = material;
  const stay_ms = Math.round(settings.visit_duration_max * 60_000);
  const withFunnel_ms = funnels
    .filter(({ probability }) => probability > 0)
    .map(({ steps, exit_after_completion }) => {
      const delays_ms = steps.reduce((sum, step) => sum + Math.round(longestDelay_ms(step)), 0);
      return delays_ms + (exit_after_completion ? 0 : stay_ms);
    });
  return Math.max(stay_ms, longestJourney_ms(settings, material), ...withFunnel_ms);
}
