import type { StatusSnapshot } from '@trafficinator/contract';
import type { FleetStatus, LoaderStatus } from '@trafficinator/contract/rest';
import type { Seen } from '../watch/watch.ts';

export type FleetState = FleetStatus['state'];

/** The worst first: what a fleet of several loaders is called by. */
const byWorst: readonly FleetState[] = [
  'failed',
  'unreachable',
  'draining',
  'paused',
  'waiting',
  'running',
  'finished',
  'idle',
];

/** A process that has just been started does not answer yet. */
const startUp_ms = 15_000;

/** One loader in the words of the API. */
export function loaderStatus(seen: Seen, now_ms: number): LoaderStatus {
  const { instance, told, told_at_ms, usage } = seen;
  const snapshot = told?.kind === 'live' ? told.snapshot : null;
  const [state, reason] = stateOf(seen, snapshot, now_ms);
  return {
    id: instance.id,
    process: instance.state,
    exit_code: instance.exit_code,
    detail: instance.detail,
    started_at: instance.started_at,
    finished_at: instance.finished_at,
    state,
    reason,
    seen_at: told_at_ms === null ? null : new Date(told_at_ms).toISOString(),
    snapshot,
    usage,
  };
}

function stateOf(
  { instance, silent }: Seen,
  snapshot: StatusSnapshot | null,
  now_ms: number,
): readonly [FleetState, string | null] {
  if (instance.state === 'created') return ['idle', null];
  if (instance.state === 'exited') return ended(instance.exit_code, instance.out_of_memory);
  if (!silent && snapshot !== null) {
    // The loader names the file that it waits for, which is nothing to a person here.
    const waits = snapshot.state === 'waiting' && snapshot.reason !== null;
    return [snapshot.state, waits ? 'It waits to be started.' : snapshot.reason];
  }
  const started_ms = instance.started_at === null ? now_ms : Date.parse(instance.started_at);
  if (snapshot === null && now_ms - started_ms < startUp_ms) {
    return ['waiting', 'It is starting.'];
  }
  return ['unreachable', 'The process runs, but its status server does not answer.'];
}

function ended(code: number | null, outOfMemory: boolean | null): readonly [FleetState, string] {
  if (outOfMemory === true)
    return ['failed', 'The kernel ended it: it needed more memory than it may have.'];
  switch (code) {
    case 0:
      return ['finished', 'The run did what it was asked to do.'];
    case 130:
    case 143:
      return ['idle', 'It was stopped.'];
    case 137:
      return ['failed', 'It was killed.'];
    case 4:
      return ['finished', 'The run ended, but more hits failed than the settings tolerate.'];
    default:
      return ['failed', `It ended with exit code ${code ?? 'unknown'}; its log says why.`];
  }
}

/** What several loaders are called by. */
export function worst(states: readonly FleetState[]): FleetState {
  return byWorst.find((state) => states.includes(state)) ?? 'idle';
}

/** The state in a sentence. */
export function sentenceOf(
  state: FleetState,
  loaders: readonly LoaderStatus[],
  runner: { readonly ok: boolean; readonly reason: string },
): string {
  const said = loaders.find((each) => each.state === state);
  const reason = said?.reason ?? null;
  const many = loaders.length > 1 ? `${loaders.length} loaders` : 'The loader';
  switch (state) {
    case 'idle':
      return loaders.length === 0
        ? 'No loader was started yet.'
        : `${many} ${loaders.length > 1 ? 'do' : 'does'} not run.`;
    case 'waiting':
      return reason ?? `${many} waits to begin.`;
    case 'running':
      return `${many} ${loaders.length > 1 ? 'send' : 'sends'} visits${reason === null ? '' : `: ${reason}`}.`;
    case 'paused':
      return reason ?? 'Paused at a cap.';
    case 'draining':
      return reason ?? 'No new visits begin; those under way end.';
    case 'finished':
      return reason ?? 'The run is finished.';
    case 'failed':
      return reason ?? 'The run failed; the log says why.';
    case 'unreachable':
      return reason ?? 'The loader does not answer.';
    case 'unknown':
      return `Nobody can tell: ${runner.reason}`;
  }
}
