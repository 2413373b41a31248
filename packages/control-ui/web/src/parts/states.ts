import type { FleetStatus } from '@trafficinator/contract/rest';

export type FleetState = FleetStatus['state'];

/** A state in a word. */
export const stateWords: Readonly<Record<FleetState, string>> = {
  waiting: 'Waiting',
  running: 'Running',
  paused: 'Paused',
  draining: 'Draining',
  finished: 'Finished',
  failed: 'Failed',
  idle: 'Not running',
  unreachable: 'Not reachable',
  unknown: 'Unknown',
};

/** The outcome colour that repeats it. */
export function toneOf(state: FleetState): string {
  if (state === 'running' || state === 'finished') return 'accepted';
  if (state === 'failed') return 'failed';
  if (state === 'unreachable' || state === 'unknown') return 'unknown';
  return 'quiet';
}
