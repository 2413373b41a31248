/** A live run as it is remembered over restarts. */
export interface RememberedRun {
  readonly run_id: string;
  readonly seed: number;
  readonly started_at_ms: number;
  /** The next visit that the plan has not been asked to send yet. */
  readonly next_index: number;
  /** Visits begun so far, over all restarts. */
  readonly visits: number;
  /** Time the run has been running, over all restarts. */
  readonly active_ms: number;
  /** Digest of the settings it last ran with. */
  readonly settings_digest: string;
  readonly ended: { readonly at_ms: number; readonly reason: string } | null;
}

/**
 * What a live run remembers: caps and counters survive restarts and kills. Every method either
 * succeeds durably (against the death of the process) or throws a StateError.
 */
export interface LiveState {
  /** The latest run, or null before the first. */
  latest(): RememberedRun | null;
  begin(run: Pick<RememberedRun, 'run_id' | 'seed' | 'started_at_ms' | 'settings_digest'>): void;
  /** Goes on with the latest run. */
  resume(settings_digest: string): void;
  /** Visits begun on a calendar day, by all runs. */
  visitsOn(day: string): number;
  /** Before the first hit of a visit leaves: the visit counts from now on. */
  reserve(index: number, day: string, active_ms: number): void;
  /** How far the plan was consumed, dropped visits included. */
  save(next_index: number, active_ms: number): void;
  end(reason: string, at_ms: number): void;
  close(): void;
}

/** The state directory cannot be used: locked by another run, full, unreadable. */
export class StateError extends Error {
  readonly code: 'state_locked' | 'state_unusable';
  readonly path: string;

  constructor(code: 'state_locked' | 'state_unusable', path: string, message: string) {
    super(message);
    this.code = code;
    this.path = path;
  }
}
