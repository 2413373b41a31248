import type { Clock } from '../pace/clock.ts';

/** A wait under a clock that rejects with the signal's reason when it is aborted, before or meanwhile. */
export function stoppableWait(
  clock: Clock,
  signal: AbortSignal,
): (delay_ms: number) => Promise<void> {
  const ends = new Set<() => void>();
  // One listener for all waits: a signal with many of them warns of a leak.
  signal.addEventListener('abort', () => {
    for (const end of ends) end();
  });
  return (delay_ms) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      const timer = clock.after(delay_ms, () => {
        ends.delete(end);
        resolve();
      });
      const end = () => {
        clock.cancel(timer);
        reject(signal.reason);
      };
      ends.add(end);
    });
}
