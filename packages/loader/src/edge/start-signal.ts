import { existsSync, rmSync } from 'node:fs';
import type { Clock } from '../pace/clock.ts';

/**
 * Waits until the start signal file appears and removes it; `stopped` ends the wait early.
 * Resolves to whether the run shall start.
 */
export async function waitForStart(
  clock: Clock,
  path: string,
  interval_ms: number,
  stopped: AbortSignal,
): Promise<boolean> {
  while (!stopped.aborted) {
    if (existsSync(path)) {
      rmSync(path, { force: true });
      return true;
    }
    await new Promise<void>((resolve) => {
      const timer = clock.after(interval_ms, resolve);
      const wake = () => {
        clock.cancel(timer);
        resolve();
      };
      stopped.addEventListener('abort', wake, { once: true });
    });
  }
  return false;
}
