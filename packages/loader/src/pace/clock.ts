/**
 * Time as an argument: the real clock is made in `edge/`, tests bring a virtual one. Nothing else in
 * the loader asks what time it is.
 */
export interface Clock {
  /** Wall-clock time, epoch milliseconds (UTC). */
  now(): number;
  /** Monotonic milliseconds with a fraction, for durations. */
  elapsed(): number;
  /** Calls back once after `delay_ms`; returns what `cancel` takes. */
  after(delay_ms: number, callback: () => void): unknown;
  cancel(timer: unknown): void;
}
