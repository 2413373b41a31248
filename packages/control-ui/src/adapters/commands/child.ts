import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Clock } from '../../ports/clock.ts';
import type { CommandLimits, CommandResult } from '../../ports/commands.ts';
import { Head, Tail } from './kept-output.ts';

export interface ChildOptions {
  readonly clock: Clock;
  /** Of Node itself. */
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly limits: CommandLimits;
  /** Ends the child early. */
  readonly stop: AbortSignal;
}

/** Between the request to end and the end by force. */
const grace_ms = 2_000;
const stderr_bytes = 8 * 1024;

/**
 * Runs a program in a process group of its own until it ends or its time is up, and gives what it wrote.
 * Rejects with a system error when it cannot be started.
 */
export function runChild({ clock, args, environment, limits, stop }: ChildOptions) {
  return new Promise<CommandResult>((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      detached: true,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const stdout = new Head(limits.stdout_bytes);
    const stderr = new Tail(stderr_bytes);
    child.stdout.on('data', (chunk: Buffer) => stdout.feed(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.feed(chunk));

    let timed_out = false;
    let forget = (): void => {};
    const end = (): void => {
      stop.removeEventListener('abort', end);
      signal(child, 'SIGTERM');
      forget = clock.after(grace_ms, () => {
        signal(child, 'SIGKILL');
        // What it started in another group may hold the pipes open.
        child.stdout.destroy();
        child.stderr.destroy();
      });
    };
    const inTime = clock.after(limits.timeout_ms, () => {
      timed_out = true;
      end();
    });
    const over = (): void => {
      inTime();
      forget();
      stop.removeEventListener('abort', end);
    };
    if (stop.aborted) end();
    else stop.addEventListener('abort', end);
    child.once('error', (error) => {
      over();
      reject(error);
    });
    child.once('close', (code, name) => {
      over();
      const exit_code = code ?? 128 + constants.signals[name ?? 'SIGKILL'];
      const written = { stdout: stdout.text(), stderr: stderr.text(), cut: stdout.cut };
      resolve({ exit_code, ...written, timed_out });
    });
  });
}

/** To the whole group, also when its leader has ended and others hold the pipes open. */
function signal({ pid }: ChildProcess, name: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch {
    // Everybody in it has ended.
  }
}
