import { existsSync, rmSync } from 'node:fs';
import type { Clock } from '../pace/clock.ts';
import { Failure } from './failure.ts';

/**
 * Waits until the start signal file appears and removes it; `stopped` ends the wait early.
 * Resolves to whether the run shall start. Throws a Failure when the file cannot be removed: the next
 * start would not wait for anybody.
 */
export async function waitForStart(
  clock: Clock,
  path: string,
  interval_ms: number,
  stopped: AbortSignal,
): Promise<boolean> {
  while (!stopped.aborted) {
    if (existsSync(path)) {
      remove(path);
      return true;
    }
    await new Promise<void>((resolve) => {
      const wake = () => {
        clock.cancel(timer);
        stopped.removeEventListener('abort', wake);
        resolve();
      };
      const timer = clock.after(interval_ms, wake);
      stopped.addEventListener('abort', wake);
    });
  }
  return false;
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    throw Failure.of('start_signal_unusable', {
      message: `The start signal file ${path} cannot be removed (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`,
      remedy:
        'Make it a file in a directory that the loader may write to, or name another START_SIGNAL_FILE.',
      fields: ['start_signal_file'],
      value: path,
    });
  }
}
