import type { Clock } from '../pace/clock.ts';

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after: (delay_ms, callback) => setTimeout(callback, delay_ms),
  cancel: (timer) => clearTimeout(timer as NodeJS.Timeout),
};
