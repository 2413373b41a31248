import type { Settings } from '@trafficinator/contract';
import { dependsOnDay } from '../../plan/plan.ts';
import { isOrdinary, type NewDimension } from '../section.ts';
import { sharesOf } from '../shares.ts';

/** How visits come. */
export const channels: NewDimension = ({ settings }) =>
  sharesOf(
    { name: 'channels', title: 'Channels', of: 'visits' },
    (visit) => (isOrdinary(visit) ? visit.channel : null),
    askedOf(settings),
    // On the days of a campaign’s burst the channels have other shares.
    { judged: !dependsOnDay(settings) },
  );

function askedOf(settings: Settings): ReadonlyMap<string, number> {
  const direct = settings.direct_traffic_probability;
  const others = Object.entries(settings.channels).filter(([, weight]) => weight > 0);
  const sum = others.reduce((total, [, weight]) => total + weight, 0);
  return new Map([
    ['direct', direct],
    ...others.map(([name, weight]) => [name, ((1 - direct) * weight) / sum] as const),
  ]);
}
