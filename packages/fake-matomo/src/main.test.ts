import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { startFakeMatomo } from './index.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'fake-matomo-'));
const running = new Set<ChildProcess>();

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function start(...args: string[]) {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  const text = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    text.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    text.err += chunk;
  });
  const ended = once(child, 'close').then(([code]): Ended => ({ code, ...text }));
  return { child, ended };
}

function sitesFile(content: string): string {
  const path = join(folder, 'sites.json');
  writeFileSync(path, content);
  return path;
}

it.each(['SIGTERM', 'SIGINT'] as const)('says where it listens and stops on %s', async (signal) => {
  const { child, ended } = start('--port', '0', '--token', 'abc');
  const [line] = await once(child.stdout!, 'data');
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(String(line))?.[0];
  expect(String(line)).toContain('stand-in');
  // A keep-alive connection must not hold it up.
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  child.kill(signal);
  expect(await ended).toMatchObject({ code: 0, err: '' });
});

it('serves the sites of a file', async () => {
  const path = sitesFile(
    JSON.stringify({ 5: { name: 'Five', main_url: 'https://five.example.test' } }),
  );
  const { child } = start('--port', '0', '--token', 'abc', '--sites', path);
  const [line] = await once(child.stdout!, 'data');
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(String(line))?.[0];
  const query = 'method=SitesManager.getSitesIdWithAtLeastViewAccess&token_auth=abc';
  expect(await (await fetch(`${url}/index.php?${query}`)).json()).toEqual([5]);
});

it('names a port in use and exits with 3', async () => {
  const other = await startFakeMatomo();
  const { code, err } = await start('--port', String(other.port)).ended;
  await other.close();
  expect(code).toBe(3);
  expect(err.trim().split('\n')).toEqual([
    `Port ${other.port} on 127.0.0.1 is in use: stop what listens there or choose another --port.`,
  ]);
});

it.each([
  [['--port', 'eighty'], '--port eighty'],
  [['--prot', '80'], '--prot'],
  [['--sites', join(folder, 'none.json')], 'cannot be read'],
])('exits with 2 for %j', async (args, message) => {
  const { code, err } = await start(...args).ended;
  expect(code).toBe(2);
  expect(err).toContain(message);
});

it.each([
  ['{', 'cannot be read as JSON'],
  ['{}', 'at least one site'],
  ['{"1":{"name":"x","main_url":"https://x.test","timezone":"Mars/Base"}}', 'timezone'],
  ['{"0":{"name":"x","main_url":"https://x.test"}}', 'positive whole number'],
])('exits with 2 for the sites file %s', async (content, message) => {
  const { code, err } = await start('--sites', sitesFile(content)).ended;
  expect(code).toBe(2);
  expect(err).toContain(message);
  rmSync(join(folder, 'sites.json'));
});

it('prints its help', async () => {
  const { code, out } = await start('--help').ended;
  expect(code).toBe(0);
  expect(out).toContain('--sites FILE');
});
