import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** One core for what is measured, another for what answers it; null: nothing can be pinned here. */
export interface Cores {
  readonly client: number | null;
  readonly sink: number | null;
}

/** The first two cores this process may run on, if there are two and `taskset` is installed. */
export function coresOfMachine(): Cores {
  const [client, sink] = process.platform === 'linux' ? allowedCores() : [];
  const canPin = spawnSync('taskset', ['--version']).status === 0;
  if (client === undefined || sink === undefined || !canPin) return { client: null, sink: null };
  return { client, sink };
}

/** A command that runs on one core only. `taskset` replaces itself: the process id stays the same. */
export function pinned(core: number | null, command: readonly string[]): readonly string[] {
  return core === null ? command : ['taskset', '--cpu-list', String(core), ...command];
}

function allowedCores(): number[] {
  const status = readFileSync('/proc/self/status', 'utf8');
  return coresOfList(/^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? '');
}

/** `0-2,5` → 0, 1, 2, 5: how Linux writes sets of cores. */
export function coresOfList(list: string): number[] {
  return list.split(',').flatMap((range) => {
    if (!/^\d+(-\d+)?$/.test(range)) return [];
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, n) => first + n);
  });
}
