import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type StatusSnapshot, statusSnapshot } from '../../packages/contract/src/index.ts';
import { type Cores, pinned } from './cores.ts';
import { figuresOfProcess } from './process-figures.ts';
import type { CommandRow } from './rows/row.ts';
import { freePort } from './sink/free-port.ts';
import { startNginx } from './sink/nginx.ts';
import type { Figures } from './warm-window.ts';

const loader = join(import.meta.dirname, '../../packages/loader/src/main.ts');
const poll_ms = 250;
const look_ms = 50;
const weighed_ms = 20_000;
const longest_ms = 300_000;

const visitsOf: Record<CommandRow, number> = { 'in-flight-10k': 10_000, 'in-flight-100k': 100_000 };

/** The highest rate there is; nobody leaves before the last one has come and was weighed. */
const settings = {
  VISIT_PACING: 'realtime',
  TARGET_VISITS_PER_DAY: '100000000',
  VISIT_DURATION_MIN: '3',
  VISIT_DURATION_MAX: '10',
  LOG_LEVEL: 'WARNING',
} as const;

/**
 * Starts `trafficinator run` in realtime pacing, waits until its status says that all visits are in
 * flight, and weighs the process for a while: its memory, the most it ever had (its forced end
 * included), its processor time, and how late its hits were from the start on. Linux only.
 */
export async function measureInFlight(row: CommandRow, cores: Cores): Promise<Figures> {
  const visits = visitsOf[row];
  const sink = await startNginx(cores.sink);
  const stateDir = mkdtempSync(join(tmpdir(), 'trafficinator-bench-state-'));
  const port = await freePort();
  const [command = '', ...args] = pinned(cores.client, [process.execPath, loader, 'run']);
  const run = spawn(command, args, {
    env: {
      PATH: process.env.PATH,
      ...settings,
      MATOMO_URL: sink.url,
      STATE_DIR: stateDir,
      STATUS_PORT: String(port),
      CONCURRENCY: String(2 * visits),
      MAX_VISITS: String(visits),
      MAX_CONNECTIONS: String(visits / 100),
    },
    stdio: 'ignore',
  });
  try {
    await untilInFlight(run, port, visits);
    return { ...(await weighed(run, port)), peak_mb: await peakToTheEnd(run) };
  } finally {
    if (run.exitCode === null) run.kill('SIGKILL');
    await sink.close();
    rmSync(stateDir, { recursive: true });
  }
}

async function untilInFlight(run: ChildProcess, port: number, visits: number): Promise<void> {
  for (let waited_ms = 0; waited_ms < longest_ms; waited_ms += poll_ms) {
    if (run.exitCode !== null) throw new Error(`the run ended with exit code ${run.exitCode}`);
    const status = await statusAt(port);
    if (status !== null && status.visits.in_flight >= visits) return;
    await sleep(poll_ms);
  }
  throw new Error(`${visits} visits were not in flight within ${longest_ms / 1000} s`);
}

/** Null while the run does not listen yet. */
async function statusAt(port: number): Promise<StatusSnapshot | null> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/status`);
    return statusSnapshot.parse(await answer.json());
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

async function weighed(run: ChildProcess, port: number): Promise<Figures> {
  const began = { cpu_ms: figuresOfProcess(run.pid)?.cpu_ms ?? 0, at_ms: performance.now() };
  await sleep(weighed_ms);
  const wall_ms = performance.now() - began.at_ms;
  const now = figuresOfProcess(run.pid);
  const status = await statusAt(port);
  if (now === null || status === null) throw new Error('the run ended while it was weighed');
  return {
    visits_in_flight: status.visits.in_flight,
    hits_per_second: status.rate.hits_per_second,
    cores_busy: (now.cpu_ms - began.cpu_ms) / wall_ms,
    late_p50_ms: status.lateness_ms?.p50 ?? 0,
    late_p99_ms: status.lateness_ms?.p99 ?? 0,
    rss_mb: now.rss_mb,
  };
}

/** Stops the run as an impatient user does, by one signal after the other; looks at its memory to the end. */
async function peakToTheEnd(run: ChildProcess): Promise<number> {
  let peak_mb = 0;
  const exited = once(run, 'exit');
  while (run.exitCode === null && run.signalCode === null) {
    peak_mb = Math.max(peak_mb, figuresOfProcess(run.pid)?.peak_mb ?? 0);
    run.kill('SIGTERM');
    await Promise.race([exited, sleep(look_ms)]);
  }
  return peak_mb;
}
