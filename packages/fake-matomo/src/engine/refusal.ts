export type RefusalReason =
  | 'unknown_site'
  | 'not_authenticated'
  | 'invalid_visitor_id'
  | 'invalid_event'
  | 'invalid_performance'
  | 'unknown_goal'
  | 'duplicate_order_id'
  | 'too_old';

/** Matomo refuses the hit: 400 when it came alone, counted `invalid` in a bulk request. */
export class HitRefused extends Error {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Matomo breaks on the hit: 400 when it came alone, but a bulk request is rolled back with 500. */
export class ServerFault extends Error {}
