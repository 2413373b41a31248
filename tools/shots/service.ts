import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../packages/control-ui/src/main.ts', import.meta.url));
const patience_ms = 240_000;

/** The real service with the process runner, in folders of its own. */
export interface Service {
  readonly url: string;
  /** The first operator's key. */
  readonly key: string;
  /** @throws Error when the service refuses. */
  ask<T = unknown>(method: string, path: string, body?: unknown): Promise<T>;
  /** Asks until the answer fits. @throws Error with the last answer when it never does. */
  until<T>(path: string, fits: (answer: T) => boolean): Promise<T>;
  /** Ends its loaders and it, and removes its folders. */
  close(): Promise<void>;
}

/** Starts a service that knows no target yet. @throws Error with what it said when it ends at once. */
export async function startService(): Promise<Service> {
  const folder = mkdtempSync(join(tmpdir(), 'control-page-'));
  const child = spawn(process.execPath, ['--', program, 'serve'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      CONTROL_UI_PORT: '0',
      CONTROL_DATA_DIR: join(folder, 'control'),
      LOADER_FILES_DIR: join(folder, 'shared'),
      ALLOW_PRIVATE_TARGETS: 'true',
    },
  });
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      const found = /service listens at (http:\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => reject(new Error(`The service ended: ${said}`)));
  });
  const key = /shown this once: (\S+)/.exec(said)?.[1] ?? '';
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        'x-api-key': key,
        ...(method === 'PUT' && { 'if-match': '*' }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text === '' ? null : JSON.parse(text)) as T;
  };
  const until = async <T>(path: string, fits: (answer: T) => boolean): Promise<T> => {
    const end_ms = Date.now() + patience_ms;
    for (;;) {
      const answer = await ask<T>('GET', path);
      if (fits(answer)) return answer;
      if (Date.now() > end_ms) throw new Error(`${path} stays ${JSON.stringify(answer)}`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  };
  const close = async () => {
    await ask('POST', '/api/stop?timeout=5').catch(() => {});
    const { runs } = await ask<Jobs>('GET', '/api/backfill/status');
    for (const { id, state } of runs) {
      if (state === 'running' || state === 'starting') {
        await ask('POST', '/api/backfill/cancel', { id }).catch(() => {});
      }
    }
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, key, ask, until, close };
}

/** The service's backfills, the newest first. */
export interface Jobs {
  readonly runs: readonly { readonly id: string; readonly state: string }[];
}
