import { vi } from 'vitest';
import { runCli } from '../src/cli.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs a command of the real command line in this process, which takes a tenth of the time of one of its
 * own; settings as `--set`. What it logs goes to the real stderr, so the log is best set to CRITICAL.
 */
export async function runHere(
  args: readonly string[],
  settings: Readonly<Record<string, string | number | boolean>>,
): Promise<Ran> {
  const written = { out: '', err: '' };
  const catching = (name: 'out' | 'err') => (text: string | Uint8Array) => {
    written[name] += String(text);
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(catching('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(catching('err')),
  ];
  const set = Object.entries(settings).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
  try {
    return { code: await runCli([...args, ...set]), ...written };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
