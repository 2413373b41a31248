import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  type RunSummary,
  runSummary,
  type StatusSnapshot,
  statusSnapshot,
} from '@trafficinator/contract';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const longest_ms = 30_000;
const interval_ms = 15;

export type Environment = Readonly<Record<string, string | number | boolean>>;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** Hundred visits a second, two or three pages each, no pauses: a run is over in no time. */
export const quick = {
  TARGET_VISITS_PER_DAY: 8_640_000,
  CONCURRENCY: 200,
  PAGEVIEWS_MIN: 2,
  PAGEVIEWS_MAX: 3,
  PAUSE_BETWEEN_PVS_MIN: 0,
  PAUSE_BETWEEN_PVS_MAX: 0,
} as const;

/** The real command line in a process of its own, with nothing of this one's environment. */
export class Loader {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  readonly #statusUrl: string;
  #out = '';
  #err = '';

  /** `fileLimit`: no file of the process may grow beyond so many half kibibytes: a full disk. */
  constructor(
    args: readonly string[],
    environment: Environment,
    home: string,
    fileLimit: number | null = null,
  ) {
    const settings = Object.entries(environment).map(([name, value]) => [name, String(value)]);
    this.#statusUrl = `http://127.0.0.1:${environment.STATUS_PORT ?? 0}`;
    // Without the dashes Node takes an --env-file of ours for its own.
    const command = [process.execPath, '--', main, ...args];
    const limited = ['/bin/sh', '-c', `ulimit -f ${fileLimit}; exec "$0" "$@"`, ...command];
    const [program = '', ...rest] = fileLimit === null ? command : limited;
    this.child = spawn(program, rest, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { HOME: home, ...Object.fromEntries(settings) },
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#out += text;
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#err += text;
    });
    this.ended = once(this.child, 'close').then(([code, signal]) => {
      return { code, signal, out: this.#out, err: this.#err };
    });
  }

  /** What was written to stderr so far. */
  get err(): string {
    return this.#err;
  }

  async get(path: string): Promise<Response> {
    return fetch(`${this.#statusUrl}${path}`);
  }

  /** /status, held against the contract. */
  async status(): Promise<StatusSnapshot> {
    const answer = await this.get('/status');
    return statusSnapshot.parse(await answer.json());
  }

  /** Asks /status until it is as wanted. */
  async statusWhere(wanted: (status: StatusSnapshot) => boolean): Promise<StatusSnapshot> {
    let found: StatusSnapshot | null = null;
    await until(async () => {
      if (this.child.exitCode !== null) throw new Error(`the loader ended: ${this.#err}`);
      const now = await this.status().catch(() => null);
      found = now !== null && wanted(now) ? now : null;
      return found !== null;
    });
    return found as unknown as StatusSnapshot;
  }
}

/** Starts loaders in a directory of their own and leaves nothing behind. */
export class Yard {
  readonly directory = mkdtempSync(join(tmpdir(), 'loader-test-'));
  readonly #running = new Set<Loader>();
  readonly #closers: (() => Promise<unknown>)[] = [];

  /** `run --json` unless `args` says something else; no status server unless STATUS_PORT is given. */
  start(
    environment: Environment,
    args: readonly string[] = ['run', '--json'],
    fileLimit: number | null = null,
  ): Loader {
    const settings = { STATE_DIR: this.path('state'), STATUS_PORT: 0, ...environment };
    const loader = new Loader(args, settings, this.directory, fileLimit);
    this.#running.add(loader);
    void loader.ended.then(() => this.#running.delete(loader));
    return loader;
  }

  run(environment: Environment, args?: readonly string[]): Promise<Ended> {
    return this.start(environment, args).ended;
  }

  path(name: string): string {
    return join(this.directory, name);
  }

  /** Closes a server with the yard. */
  keep<T extends { close(): Promise<unknown> }>(server: T): T {
    this.#closers.push(() => server.close());
    return server;
  }

  async close(): Promise<void> {
    for (const loader of this.#running) loader.child.kill('SIGKILL');
    await Promise.all([...this.#running].map((loader) => loader.ended));
    await Promise.all(this.#closers.map((close) => close()));
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** The summary on the last line of stdout; the sums in it are part of its schema. */
export function summaryOf({ out, err }: Ended): RunSummary {
  const last = out.trimEnd().split('\n').at(-1) ?? '';
  if (!last.startsWith('{')) throw new Error(`no summary on stdout: ${out}\n${err}`);
  const summary = runSummary.parse(JSON.parse(last));
  const explained = summary.reasons.reduce((sum, reason) => sum + reason.count, 0);
  if (explained !== summary.hits.planned - summary.hits.accepted) {
    throw new Error(`the reasons explain ${explained} hits: ${last}`);
  }
  return summary;
}

/** Waits for something that must come; throws when it does not. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const latest = performance.now() + longest_ms;
  while (!(await holds())) {
    if (performance.now() > latest) throw new Error(`waited in vain for ${holds}`);
    await sleep(interval_ms);
  }
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** An IANA zone where it is about noon, so that no test runs over midnight. */
export function noonZone(): {
  readonly zone: string;
  readonly date: string;
  readonly midnight_ms: number;
} {
  const now = new Date();
  const ahead = 12 - now.getUTCHours();
  const zone = ahead === 0 ? 'Etc/UTC' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
  const midnight = new Date(now);
  midnight.setUTCHours(24 - ahead, 0, 0, 0);
  const date = new Date(midnight.getTime() - 12 * 3_600_000 + ahead * 3_600_000);
  return { zone, date: date.toISOString().slice(0, 10), midnight_ms: midnight.getTime() };
}
