import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const program = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** An answer of the service. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came
  readonly json: any;
}

/** The real service as a process of its own, on free ports, with folders that go with the test. */
export class ServiceProcess {
  readonly folder = mkdtempSync(join(tmpdir(), 'control-service-'));
  url = '';
  key = '';
  said = '';
  #child: ChildProcess | null = null;

  constructor() {
    onTestFinished(async () => {
      await this.stopLoaders();
      await this.end('SIGKILL');
      rmSync(this.folder, { recursive: true, force: true });
    });
  }

  get log(): string {
    return this.said;
  }

  async start(environment: Readonly<Record<string, string>> = {}): Promise<void> {
    const child = spawn(process.execPath, ['--', program, 'serve'], {
      cwd: this.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH ?? '',
        HOME: this.folder,
        CONTROL_UI_PORT: '0',
        CONTROL_DATA_DIR: join(this.folder, 'control'),
        LOADER_FILES_DIR: join(this.folder, 'shared'),
        ALLOW_PRIVATE_TARGETS: 'true',
        ...environment,
      },
    });
    this.#child = child;
    const listening = new Promise<void>((resolve, reject) => {
      const read = (chunk: Buffer) => {
        this.said += chunk.toString('utf8');
        const url = /control service listens at (http:\S+)/.exec(this.said.slice(this.#from))?.[1];
        this.key = /first key, shown this once: (\S+)/.exec(this.said)?.[1] ?? this.key;
        if (url !== undefined) {
          this.url = url;
          resolve();
        }
      };
      child.stdout?.on('data', (chunk: Buffer) => {
        this.said += chunk.toString('utf8');
      });
      child.stderr?.on('data', read);
      child.once('exit', (code) =>
        reject(new Error(`the service ended with ${code}: ${this.said}`)),
      );
    });
    await listening;
    this.#from = this.said.length;
  }

  #from = 0;

  async end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return null;
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill(signal);
    this.#child = null;
    return ended;
  }

  async ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(this.key !== '' && { 'x-api-key': this.key }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(60_000),
    });
    const text = await response.text();
    let json: unknown = null;
    try {
      json = JSON.parse(text);
    } catch {
      // Not every answer is JSON.
    }
    return { status: response.status, headers: response.headers, text, json };
  }

  /** Asks until the answer fits; fails with the last one when it never does. */
  async until(
    path: string,
    fits: (json: Answer['json']) => boolean,
    seconds = 60,
  ): Promise<Answer['json']> {
    const end_ms = Date.now() + seconds * 1000;
    for (;;) {
      const { json } = await this.ask('GET', path);
      if (fits(json)) return json;
      if (Date.now() > end_ms)
        throw new Error(`${path} stays ${JSON.stringify(json).slice(0, 2000)}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** What a file below the service's folders holds. */
  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  /** Loaders outlive the service, so a test ends them through one. */
  async stopLoaders(): Promise<void> {
    if (this.#child === null) {
      if (this.key === '') return;
      await this.start();
    }
    await this.ask('POST', '/api/stop?timeout=5').catch(() => {});
    await this.ask('GET', '/api/backfill/status')
      .then(async ({ json }) => {
        for (const { id, state } of json?.runs ?? []) {
          if (state === 'running' || state === 'starting') {
            await this.ask('POST', '/api/backfill/cancel', { id });
          }
        }
      })
      .catch(() => {});
  }
}
