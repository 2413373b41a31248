/** What became of a batch of hits that was sent in one go. */
export type BatchVerdict =
  /** Committed. `refused` lists positions; when Matomo does not say which, `refused_unnamed` counts them. */
  | {
      readonly kind: 'recorded';
      readonly refused: readonly number[];
      readonly refused_unnamed: number;
      /** Neither recorded nor refused: swallowed by a lock time-out in Matomo. */
      readonly lost: number;
      /** QueuedTracking took it: recorded later, out of sight. */
      readonly queued: boolean;
    }
  /** Surely not recorded; worth another try. */
  | {
      readonly kind: 'not_recorded';
      readonly reason: string;
      readonly retry_after_ms: number | null;
      /** The server rolled it back: one of its hits may be the cause. */
      readonly rolled_back: boolean;
    }
  | { readonly kind: 'too_large' }
  /** May have been recorded. */
  | { readonly kind: 'unknown'; readonly reason: string }
  /** Nothing will be recorded until somebody changes something: stop. */
  | { readonly kind: 'hopeless'; readonly code: HopelessCode; readonly reason: string };

export type HopelessCode =
  | 'tracking_off'
  | 'target_not_a_tracker'
  | 'target_refuses'
  | 'token_refused'
  | 'target_unreachable';
