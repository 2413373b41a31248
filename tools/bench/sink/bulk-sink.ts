import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pinned } from '../cores.ts';
import type { Sink } from './sink.ts';

/** Starts the bulk row's far end on `core`. `command`: how to run it. */
export async function startBulkSink(
  core: number | null,
  command: readonly string[],
): Promise<Sink> {
  const [program = '', ...args] = pinned(core, command);
  const server = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(server.stdout, 'data')) as [Buffer];
  const url = `http://127.0.0.1:${Number(line)}/matomo.php`;
  return {
    url,
    answered: async () => Number(await (await fetch(url)).text()),
    close: async () => {
      server.kill('SIGTERM');
      await once(server, 'exit');
    },
  };
}
