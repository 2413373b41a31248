import type { RunState, Settings } from '@trafficinator/contract';
import type { Ledger } from './account/ledger/ledger.ts';
import type { LiveState } from './account/live-state.ts';
import type { Clock } from './pace/clock.ts';
import type { Plan } from './plan/plan.ts';
import type { Transport } from './send/answer.ts';
import type { QueryOptions } from './send/query.ts';

/** Why a run ended. */
export type EndReason =
  | 'max_visits'
  | 'duration'
  | 'auto_stop'
  | 'signal'
  | 'target_refuses'
  | 'target_unreachable'
  | 'state_unusable';

/** What a live run is put together from. */
export interface LiveRunParts {
  readonly clock: Clock;
  readonly settings: Settings;
  readonly plan: Plan;
  readonly seed: number;
  readonly transport: Transport;
  readonly state: LiveState;
  readonly query: QueryOptions;
  /** First visit of this process, and what the run had done before it. */
  readonly from: { readonly index: number; readonly visits: number; readonly active_ms: number };
  /** Arrivals end after this long; null: only by the settings. */
  readonly duration_ms: number | null;
  /** Predicts what Matomo will report, if wanted. */
  readonly ledger: Ledger | null;
  readonly events: {
    readonly changed: (state: RunState, reason: string | null) => void;
    readonly beat: () => void;
  };
}
