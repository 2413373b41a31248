import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import type { Sink } from './sink.ts';

const program = 'nginx';
const startTries = 50;
const startPause_ms = 100;

/** Nothing to measure against. */
export class NoSink extends Error {}

/**
 * Starts an nginx of its own with one worker on `core`: GET /matomo.php answers the 43-byte GIF. Files
 * lie in a new directory under the system's temporary one, which `close` removes.
 * Throws NoSink when there is no nginx and it cannot be installed.
 */
export async function startNginx(core: number | null): Promise<Sink> {
  ensureInstalled();
  const prefix = mkdtempSync(join(tmpdir(), 'trafficinator-bench-nginx-'));
  const port = await freePort();
  const config = join(prefix, 'nginx.conf');
  mkdirSync(join(prefix, 'bodies'));
  writeFileSync(config, configOf(prefix, port, core));
  const server = spawn(program, ['-p', prefix, '-c', config], { stdio: 'ignore' });
  let questions = 0;
  try {
    questions = await answering(server, port);
  } catch {
    const log = readFileSync(join(prefix, 'error.log'), 'utf8').trim();
    throw new NoSink(`nginx does not start: ${log}`);
  }
  return {
    url: `http://127.0.0.1:${port}/matomo.php`,
    answered: async () => (await requestsOf(port)) - ++questions,
    close: async () => {
      if (server.exitCode === null) {
        server.kill('SIGTERM');
        await once(server, 'exit');
      }
      rmSync(prefix, { recursive: true });
    },
  };
}

function ensureInstalled(): void {
  if (spawnSync(program, ['-v']).status === 0) return;
  const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['install', '--yes', 'nginx-light'], options as object);
  if (spawnSync(program, ['-v']).status === 0) return;
  throw new NoSink(
    'The rows that send need nginx to answer them, and it is neither installed nor to be had by "apt-get install nginx-light". Install it, or measure the rows that go without: --only bulk,plan,waits',
  );
}

function configOf(prefix: string, port: number, core: number | null): string {
  const affinity = core === null ? '' : `worker_cpu_affinity 1${'0'.repeat(core)};`;
  const user = process.getuid?.() === 0 ? `user ${userInfo().username};` : '';
  return `
    daemon off; ${user} worker_processes 1; ${affinity}
    pid ${prefix}/nginx.pid; error_log ${prefix}/error.log;
    events { worker_connections 4096; }
    http {
      access_log off; keepalive_requests 1000000000; keepalive_timeout 1h;
      client_body_temp_path ${prefix}/bodies; proxy_temp_path ${prefix}/bodies;
      fastcgi_temp_path ${prefix}/bodies; scgi_temp_path ${prefix}/bodies;
      uwsgi_temp_path ${prefix}/bodies;
      server {
        listen 127.0.0.1:${port} backlog=4096;
        location = /matomo.php { empty_gif; }
        location = /requests { stub_status; }
      }
    }`;
}

/** Waits for the first answer; resolves to the number of questions that were answered. */
async function answering(server: ChildProcess, port: number): Promise<number> {
  for (let n = 0; n < startTries && server.exitCode === null; n++) {
    try {
      return await requestsOf(port);
    } catch {
      await sleep(startPause_ms);
    }
  }
  throw new Error('no answer');
}

/** Asks nginx how many requests it has answered, this question included. */
async function requestsOf(port: number): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/requests`)).text();
  const all = Number(/^\s*\d+ \d+ (\d+)\s*$/m.exec(text)?.[1]);
  if (Number.isNaN(all)) throw new Error(`nginx tells no number of requests: ${text}`);
  return all;
}
