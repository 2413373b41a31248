import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { LineCutter } from '../line-cutter.ts';
import { freePort } from './free-port.ts';
import { claimRun, lastRun, type NumberedRun, type RunRecord, writeRun } from './instance-files.ts';
import { OutputFile } from './output-file.ts';
import { factsOf, type ProcessIdentity } from './process-table.ts';
import { type Announcement, orderSchema, type SupervisorOrder } from './supervisor-order.ts';

/**
 * A program of its own that has one loader as its child, keeps the loader's output with times and notes how
 * it ended. It lives as long as the loader, whatever becomes of the service that started it.
 */

/** How long output that is still under way when the loader has ended may take. */
const flush_ms = 1_000;

const announce = (said: Announcement): void => {
  // Who waited for it may be gone.
  process.send?.(said, () => {});
};

async function supervise(order: SupervisorOrder): Promise<void> {
  const { folder } = order;
  const number = order.after + 1;
  const record: RunRecord = {
    supervisor: identityOf(process.pid),
    loader: null,
    status_port: await freePort(),
    started_at: new Date().toISOString(),
    finished_at: null,
    exit_code: null,
  };
  if (!(await claimRun(folder, { number, record }))) return announce({ kind: 'taken' });

  const output = new OutputFile(folder, order.log_bytes);
  const status = ['STATUS_HOST=127.0.0.1', `STATUS_PORT=${record.status_port}`];
  const assignments = status.flatMap((assignment) => ['--set', assignment]);
  const child = spawn(process.execPath, ['--', order.entry, ...order.command, ...assignments], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = endOf(child);
  const closed = once(child, 'close').catch(() => {});
  keep(child.stdout, 'stdout', output);
  keep(child.stderr, 'stderr', output);
  const running: NumberedRun = {
    number,
    record: { ...record, loader: child.pid === undefined ? null : identityOf(child.pid) },
  };
  await writeRun(folder, running);
  announce({ kind: 'started' });

  const exit_code = await ended;
  await Promise.race([closed, sleep(flush_ms)]);
  const finished_at = new Date().toISOString();
  await writeRun(folder, { number, record: { ...running.record, finished_at, exit_code } });
}

/** One that has ended already has no beginning: then it is as good as not there. */
function identityOf(pid: number): ProcessIdentity {
  return { pid, began: factsOf(pid)?.began ?? 'unknown' };
}

/** The exit code as a shell gives it: 128 and the signal's number; 127 when it could not be started. */
function endOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(127));
    child.once('exit', (code, signal) => {
      resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL']);
    });
  });
}

let last_ms = 0;

/** Times of lines never go back, whatever the machine's clock does. */
function timeOfLine(): string {
  last_ms = Math.max(last_ms, Date.now());
  return new Date(last_ms).toISOString();
}

function keep(from: Readable, stream: 'stdout' | 'stderr', output: OutputFile): void {
  const cutter = new LineCutter((text) => output.append({ at: timeOfLine(), stream, text }));
  from.on('data', (chunk: Buffer) => cutter.feed(chunk));
  from.on('end', () => cutter.end());
}

// A machine that shuts down signals every process: this one ends when its loader has.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});

const order = orderSchema.parse(JSON.parse(process.argv[2] ?? ''));
const before = await lastRun(order.folder);
if ((before?.number ?? 0) > order.after) announce({ kind: 'taken' });
else await supervise(order);
process.exit();
