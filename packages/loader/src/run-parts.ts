import type { Funnel, RunState, Settings } from '@trafficinator/contract';
import type { CapGate } from './account/cap-gate.ts';
import type { Caps } from './account/caps.ts';
import type { Ledger } from './account/ledger/ledger.ts';
import type { LiveState } from './account/live-state.ts';
import type { Volume } from './account/volume.ts';
import type { Clock } from './pace/clock.ts';
import type { SlowCalls } from './plan/material/behaviour.ts';
import type { Plan } from './plan/plan.ts';
import type { Transport } from './send/answer.ts';
import type { BulkTransport } from './send/outbox.ts';
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

/** One request per hit, or whole visits in bulk requests. */
export type Delivery =
  | { readonly kind: 'single'; readonly transport: Transport }
  | { readonly kind: 'bulk'; readonly transport: BulkTransport; readonly token: string | null };

/** What a live run is put together from. */
export interface LiveRunParts {
  readonly clock: Clock;
  readonly settings: Settings;
  readonly plan: Plan;
  readonly seed: number;
  /** The plan's, for the statistics. */
  readonly funnels?: readonly Funnel[];
  /** How long the plan's plugins take, for the statistics. */
  readonly slow_calls?: SlowCalls | null;
  readonly delivery: Delivery;
  readonly state: LiveState;
  /** The caps, perhaps shared with other targets. */
  readonly gate: CapGate;
  /** Caps of this target alone, beside those; null: none. Over them it gets no visits. */
  readonly own_caps: Caps | null;
  /** What this process is asked for. */
  readonly volume: Volume;
  /** Arrival rate of the schedule, of all shards together. */
  readonly visits_per_day: number;
  /** Whether a visit of the schedule goes to this target. */
  readonly mine: (index: number) => boolean;
  /** The only target: when it refuses or does not answer from the start, the run is over. */
  readonly sole: boolean;
  readonly query: QueryOptions;
  /** First visit of this process, and what the run had done before it. */
  readonly from: { readonly index: number; readonly visits: number; readonly active_ms: number };
  /** When the run began, epoch ms; an earlier process may have begun it. */
  readonly started_at_ms: number;
  /** Arrivals end after this long; null: only by the settings. */
  readonly duration_ms: number | null;
  /** Predicts what Matomo will report, if wanted. */
  readonly ledger: Ledger | null;
  readonly events: {
    readonly changed: (state: RunState, reason: string | null) => void;
    /** One of several targets refused the first hits; it gets nothing more. */
    readonly refused: () => void;
    readonly beat: () => void;
  };
}
