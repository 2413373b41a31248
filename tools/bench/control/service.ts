import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../../packages/control-ui/src/main.ts', import.meta.url));

/** A control service of its own, whose one loader sends to a stand-in. */
export interface Service {
  readonly url: string;
  readonly key: string;
  readonly pid: number | undefined;
  /** Ends it; resolves to how late its event loop was, in milliseconds as JSON. */
  close(): Promise<string>;
}

/** Starts the service with a rehearsal in a temporary folder, and a loader in it. */
export async function startService(): Promise<Service> {
  const folder = mkdtempSync(join(tmpdir(), 'control-bench-'));
  const child = spawn(process.execPath, ['--', program, 'serve', '--rehearsal'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      CONTROL_UI_PORT: '0',
      CONTROL_DATA_DIR: join(folder, 'control'),
      LOADER_FILES_DIR: join(folder, 'shared'),
      NODE_OPTIONS: `--import=${join(import.meta.dirname, 'loop-delay.ts')}`,
      LOOP_DELAY_FILE: join(folder, 'loop-delay.json'),
    },
  });
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      const found = /service listens at (http:\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => reject(new Error(`the service ended: ${said}`)));
  });
  const key = /shown this once: (\S+)/.exec(said)?.[1] ?? '';
  const headers = { 'x-api-key': key };
  const started = await fetch(`${url}/api/start`, { method: 'POST', headers });
  if (!started.ok) throw new Error(`no loader: ${await started.text()}`);
  return {
    url,
    key,
    pid: child.pid,
    close: async () => {
      await fetch(`${url}/api/stop?timeout=5`, { method: 'POST', headers });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      const delay = readFileSync(join(folder, 'loop-delay.json'), 'utf8');
      rmSync(folder, { recursive: true, force: true });
      return delay;
    },
  };
}
