import type { Clock } from '../../ports/clock.ts';
import { RunnerError } from '../../ports/runner.ts';
import { pause } from '../pause.ts';
import { isAlive } from './process-table.ts';
import type { ProcessView } from './view.ts';

const between_ms = 25;
/** How long a start or a kill may take to show. */
const shows_ms = 10_000;

/** Looks again and again until it is so, and gives what it saw last; at the end of time that may not be it. */
async function watch(
  clock: Clock,
  look: () => Promise<ProcessView>,
  is: (view: ProcessView) => boolean,
  longest_ms: number,
): Promise<ProcessView> {
  const end_ms = clock.now() + longest_ms;
  for (;;) {
    const view = await look();
    if (is(view) || clock.now() >= end_ms) return view;
    await pause(clock, between_ms, null);
  }
}

/** A start that was begun has its process, or an end, a moment later. */
export const whenSettled = (
  clock: Clock,
  look: () => Promise<ProcessView>,
  is: (view: ProcessView) => boolean,
): Promise<ProcessView> =>
  watch(clock, look, (view) => view.state !== 'running' || is(view), shows_ms);

/**
 * Ends the loader's process: SIGTERM, and after the grace SIGKILL for it and what it started.
 * @throws RunnerError `stop_timed_out` when it is there even then.
 */
export async function stopProcess(
  clock: Clock,
  look: () => Promise<ProcessView>,
  grace_seconds: number,
): Promise<ProcessView> {
  const ended = ({ state }: ProcessView): boolean => state !== 'running';
  const running = await whenSettled(clock, look, ({ run }) => run?.record.loader !== null);
  if (ended(running)) return running;
  signal(running, 'SIGTERM');
  const asked = await watch(clock, look, ended, grace_seconds * 1000);
  if (ended(asked)) return asked;
  signal(asked, 'SIGKILL');
  const killed = await watch(clock, look, ended, shows_ms);
  if (ended(killed)) return killed;
  throw new RunnerError(
    'stop_timed_out',
    `The loader's process ${killed.run?.record.loader?.pid ?? ''} does not end.`,
    'Look for a disk or a file system that does not answer, and try again.',
  );
}

/** A number that another process has by now is left alone. */
function signal({ run }: ProcessView, name: 'SIGTERM' | 'SIGKILL'): void {
  const loader = run?.record.loader ?? null;
  if (loader === null || !isAlive(loader)) return;
  try {
    // It leads a group of its own; the whole group is killed, but only the loader is asked.
    process.kill(name === 'SIGKILL' ? -loader.pid : loader.pid, name);
  } catch {
    // It ended in this very moment.
  }
}
