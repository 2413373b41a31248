import { targetsOf } from '@trafficinator/contract';
import { readValues } from './fleet/settings-in-force.ts';

/** Every address that settings would send to. */
export function urlsOf(values: Readonly<Record<string, unknown>>): readonly string[] {
  const { settings } = readValues(values, 'plan');
  return targetsOf(settings).list.targets.map(({ url }) => url);
}
