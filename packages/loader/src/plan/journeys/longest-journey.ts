import type { Settings } from '@trafficinator/contract';
import type { Material } from '../material/material.ts';
import { wayOfFile } from './from-file.ts';
import { longestStay_ms } from './limits.ts';
import { ways } from './personas/personas.ts';
import { longestWay_seconds } from './personas/way.ts';

/**
 * No journey takes longer, in ms; 0 when no visit follows one. What a plugin does is not known before it
 * does it: it may use all the time there is.
 */
export function longestJourney_ms(
  settings: Pick<Settings, 'journey_share'>,
  { behaviour }: Pick<Material, 'behaviour'>,
): number {
  const plugins = behaviour?.plugins ?? [];
  if (plugins.some(({ hits }) => hits !== undefined)) return longestStay_ms;
  if (settings.journey_share === 0) return 0;
  if (plugins.some(({ journeys }) => journeys !== undefined)) return longestStay_ms;
  const all = [...Object.values(ways), ...(behaviour?.file?.journeys ?? []).map(wayOfFile)];
  const longest_ms = Math.ceil(Math.max(...all.map(longestWay_seconds)) * 1_000);
  return Math.min(longest_ms, longestStay_ms);
}
