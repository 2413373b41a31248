const base_ms = 200;
const cap_ms = 10_000;
const longestRetryAfter_ms = 60_000;

/**
 * Exponential back-off with full jitter: a random wait between 0 and base × 2^attempt, capped. A
 * `Retry-After` is waited for in full (up to a minute), with the jitter on top.
 * `attempt` counts from 0; `u` is uniform in [0, 1).
 */
export function backoff(attempt: number, u: number, retry_after_ms: number | null): number {
  const jitter = u * Math.min(cap_ms, base_ms * 2 ** attempt);
  return Math.min(retry_after_ms ?? 0, longestRetryAfter_ms) + jitter;
}
