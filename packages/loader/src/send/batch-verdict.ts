import type { addressRefused } from './connector.ts';

/** What became of hits that were sent in one go. */
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
  | {
      readonly kind: 'hopeless';
      readonly reason: HopelessReason;
      /** This very request may have been recorded all the same. */
      readonly maybe_recorded: boolean;
    };

/**
 * tracking_off: 0 of 0 hits counted. no_counts: an answer that is not Matomo's to a bulk request. a_page:
 * one that is no tracker's to a single hit.
 */
export type HopelessReason =
  | 'tracking_off'
  | 'no_counts'
  | 'a_page'
  | 'all_refused'
  | 'certificate'
  | typeof addressRefused
  | `http_${number}`;
