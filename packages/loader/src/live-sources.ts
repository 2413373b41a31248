import { type Settings, shardOf, type Target, type TargetList } from '@trafficinator/contract';
import type { LiveState, RememberedRun } from './account/live-state.ts';
import { partOf, type Volume, volumeOf } from './account/volume.ts';
import { identify, type LiveIdentity } from './live-identity.ts';

/** Targets that share one schedule, one set of caps and one memory. */
export interface TargetGroup {
  readonly targets: readonly Target[];
  readonly state: LiveState;
}

/** A group and the run that this process makes of it. */
export interface LiveSource extends TargetGroup {
  readonly identity: LiveIdentity;
}

/** A group whose run has ended by its own settings: there is nothing left to do. */
export interface OverSource extends TargetGroup {
  readonly finished: RememberedRun;
}

/** All targets in one group; with `independent` each in its own. */
export const groupsOf = ({ strategy, targets }: TargetList): readonly (readonly Target[])[] =>
  strategy === 'independent' ? targets.map((target) => [target]) : [targets];

/** What all processes together are asked for: the run's volume, or with `independent` its target's own. */
export function wholeVolumeOf(
  settings: Settings,
  strategy: TargetList['strategy'],
  [first]: readonly Target[],
): Volume {
  return volumeOf(settings, strategy === 'independent' ? (first ?? null) : null);
}

/** What this process is asked for of it. */
export const volumeOfGroup = (
  settings: Settings,
  strategy: TargetList['strategy'],
  targets: readonly Target[],
): Volume => partOf(shardOf(settings), wholeVolumeOf(settings, strategy, targets));

/**
 * The run of each group: the one to go on with or begin, or the one that is over. `behaviour`: the digest of
 * journeys and plugins of the user's own; null: none.
 */
export function sourcesOf(
  groups: readonly TargetGroup[],
  settings: Settings,
  now_ms: number,
  startNew: boolean,
  behaviour: string | null = null,
): { readonly going: readonly LiveSource[]; readonly over: readonly OverSource[] } {
  const options = { startNew, keepsEnds: settings.state_dir !== null, behaviour };
  const going: LiveSource[] = [];
  const over: OverSource[] = [];
  for (const group of groups) {
    const found = identify(group.state, settings, now_ms, options);
    if ('finished' in found) over.push({ ...group, ...found });
    else going.push({ ...group, identity: found });
  }
  return { going, over };
}
