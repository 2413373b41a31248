import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RunnerError } from '../../ports/runner.ts';
import { announcementSchema, type SupervisorOrder } from './supervisor-order.ts';

const longest_ms = 15_000;

export interface Launching {
  /** The supervisor's program. */
  readonly program: string;
  readonly order: SupervisorOrder;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Starts a supervisor and lets go of it when it says that the loader was started, or that somebody
 * else's was.
 * @throws RunnerError when it says neither.
 */
export async function launch({ program, order, environment }: Launching): Promise<void> {
  const complaints = join(order.folder, 'supervisor.log');
  const file = await open(complaints, 'w', 0o600);
  let why = 'it says nothing';
  try {
    const child = spawn(process.execPath, ['--', program, JSON.stringify(order)], {
      detached: true,
      cwd: order.folder,
      env: environment,
      stdio: ['ignore', 'ignore', file.fd, 'ipc'],
    });
    if (await announced(child)) {
      if (child.connected) child.disconnect();
      child.unref();
      return;
    }
    child.kill('SIGKILL');
    why = (await readFile(complaints, 'utf8')).trim().split('\n').at(-1) || why;
  } finally {
    await file.close();
  }
  throw new RunnerError(
    'engine_refused',
    `The loader's process cannot be started (${why.slice(0, 200)}).`,
    'See that the disk is not full and that more processes may be started.',
  );
}

function announced(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), longest_ms);
    const end = (said: boolean): void => {
      clearTimeout(timer);
      resolve(said);
    };
    child.once('message', (said) => end(announcementSchema.safeParse(said).success));
    child.once('error', () => end(false));
    child.once('exit', () => end(false));
  });
}
