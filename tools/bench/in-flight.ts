import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { statusSnapshot } from '../../packages/contract/src/index.ts';
import { type Cores, pinned } from './cores.ts';
import type { CommandRow } from './rows/row.ts';
import { freePort } from './sink/free-port.ts';
import { startNginx } from './sink/nginx.ts';
import type { Figures } from './warm-window.ts';

const loader = join(import.meta.dirname, '../../packages/loader/src/main.ts');
const poll_ms = 250;
const look_ms = 50;
const settled_ms = 3_000;
const longest_ms = 300_000;

const visitsOf: Record<CommandRow, number> = { 'in-flight-10k': 10_000, 'in-flight-100k': 100_000 };

/** Stays of one to four hours at the highest rate there is: all visits are in flight before one ends. */
const settings = {
  VISIT_PACING: 'realtime',
  TARGET_VISITS_PER_DAY: '100000000',
  VISIT_DURATION_MIN: '60',
  VISIT_DURATION_MAX: '240',
  LOG_LEVEL: 'WARNING',
} as const;

/**
 * Starts `trafficinator run` in realtime pacing, waits until its status says that all visits are in
 * flight, and reads the memory of the process from /proc (Linux): at that moment, and the most it ever
 * had, its forced end included.
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
    await sleep(settled_ms);
    const { rss_mb } = memoryOf(run);
    return { visits_in_flight: visits, rss_mb, peak_mb: await peakToTheEnd(run) };
  } finally {
    if (run.exitCode === null) run.kill('SIGKILL');
    await sink.close();
    rmSync(stateDir, { recursive: true });
  }
}

async function untilInFlight(run: ChildProcess, port: number, visits: number): Promise<void> {
  for (let waited_ms = 0; waited_ms < longest_ms; waited_ms += poll_ms) {
    if (run.exitCode !== null) throw new Error(`the run ended with exit code ${run.exitCode}`);
    if ((await inFlight(port)) >= visits) return;
    await sleep(poll_ms);
  }
  throw new Error(`${visits} visits were not in flight within ${longest_ms / 1000} s`);
}

async function inFlight(port: number): Promise<number> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/status`);
    return statusSnapshot.parse(await answer.json()).visits.in_flight;
  } catch (error) {
    // Before its preflight is over the run has no status yet.
    if (error instanceof TypeError) return 0;
    throw error;
  }
}

/** Stops the run as an impatient user does, by one signal after the other; looks at its memory to the end. */
async function peakToTheEnd(run: ChildProcess): Promise<number> {
  let { peak_mb } = memoryOf(run);
  const exited = once(run, 'exit');
  while (run.exitCode === null && run.signalCode === null) {
    run.kill('SIGTERM');
    await Promise.race([exited, sleep(look_ms)]);
    peak_mb = Math.max(peak_mb, memoryOf(run).peak_mb);
  }
  return peak_mb;
}

function memoryOf(run: ChildProcess): { rss_mb: number; peak_mb: number } {
  const read = (name: string, status: string) =>
    (Number(new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024) / 1e6;
  try {
    const status = readFileSync(`/proc/${run.pid}/status`, 'utf8');
    return { rss_mb: read('VmRSS', status), peak_mb: read('VmHWM', status) };
  } catch {
    return { rss_mb: 0, peak_mb: 0 };
  }
}
