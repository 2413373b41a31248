import type { Settings } from '@trafficinator/contract';
import { type LiveState, type RememberedRun, StateError } from './account/live-state.ts';
import { newRunId, newSeed, settingsDigest } from './edge/identity.ts';
import type { EndReason } from './run-parts.ts';

/** Which run this process is part of. */
export interface LiveIdentity {
  readonly run_id: string;
  readonly seed: number;
  readonly started_at_ms: number;
  readonly from: { readonly index: number; readonly visits: number; readonly active_ms: number };
  /** The process goes on with a run that another process began. */
  readonly resumed: boolean;
  /** The run was begun with other settings, journeys or plugins; missing if not. */
  readonly changed?: true;
}

/** Ends that the settings themselves ask for: with the same settings there is nothing left to do. */
const endsForGood = ['max_visits', 'auto_stop'];

/**
 * Goes on with the latest run if it has not ended, else begins a new one. Returns null when the latest
 * run has ended by its own settings and these are unchanged: a restart must not do it all again.
 * Only a state directory that was named (`keepsEnds`) remembers that.
 */
export function identify(
  state: LiveState,
  settings: Settings,
  now_ms: number,
  options: {
    readonly startNew: boolean;
    readonly keepsEnds: boolean;
    /** Digest of journeys and plugins of the user's own. */
    readonly behaviour?: string | null;
  },
): LiveIdentity | { readonly finished: RememberedRun } {
  const digest = settingsDigest(settings, options.behaviour);
  const latest = state.latest();
  // A schedule that is fixed to a moment belongs to the run that began then.
  const began_ms = settings.run_started_at === null ? now_ms : Date.parse(settings.run_started_at);
  if (latest !== null && !options.startNew) {
    const sameSeed = settings.seed === null || settings.seed === latest.seed;
    const sameStart = settings.run_started_at === null || latest.started_at_ms === began_ms;
    if (latest.ended === null && sameSeed && sameStart) {
      state.resume(digest);
      return {
        run_id: latest.run_id,
        seed: latest.seed,
        started_at_ms: latest.started_at_ms,
        from: { index: latest.next_index, visits: latest.visits, active_ms: latest.active_ms },
        resumed: true,
        ...(latest.settings_digest !== digest && { changed: true }),
      };
    }
    if (
      options.keepsEnds &&
      latest.ended !== null &&
      latest.settings_digest === digest &&
      endsForGood.includes(latest.ended.reason)
    ) {
      return { finished: latest };
    }
  }
  const seed = settings.seed ?? newSeed();
  const run_id = newRunId(now_ms);
  state.begin({ run_id, seed, started_at_ms: began_ms, settings_digest: digest });
  return {
    run_id,
    seed,
    started_at_ms: began_ms,
    from: { index: 0, visits: 0, active_ms: 0 },
    resumed: false,
  };
}

/**
 * Notes that a run has ended, so that the next start begins another. A run that was cut short goes on
 * instead: after a signal, without a state to count in, and after trouble with a target that had taken
 * its hits before. Returns what kept the end from being noted, else null.
 */
export function rememberEnd(
  state: LiveState,
  reason: EndReason,
  identity: LiveIdentity,
  now_ms: number,
): StateError | null {
  if (reason === 'signal' || reason === 'state_unusable') return null;
  const trouble = reason === 'target_refuses' || reason === 'target_unreachable';
  if (trouble && identity.resumed) return null;
  try {
    state.end(reason, now_ms);
    return null;
  } catch (error) {
    if (error instanceof StateError) return error;
    throw error;
  }
}
