import type { Clock } from '../../ports/clock.ts';

/** A signal that is given after so long, or with another one before. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Whether time is up. */
  expired(): boolean;
  /** Calls it off: it holds nothing any more. */
  clear(): void;
}

export function deadline(clock: Clock, ms: number, outer: AbortSignal | null = null): Deadline {
  const controller = new AbortController();
  let expired = false;
  const stop = (): void => controller.abort();
  const cancel = clock.after(ms, () => {
    expired = true;
    stop();
  });
  if (outer?.aborted) stop();
  outer?.addEventListener('abort', stop, { once: true });
  return {
    signal: controller.signal,
    expired: () => expired,
    clear: () => {
      cancel();
      outer?.removeEventListener('abort', stop);
    },
  };
}
