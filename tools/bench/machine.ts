import { readFileSync } from 'node:fs';
import { arch, cpus, loadavg, release, totalmem, type } from 'node:os';

/** What a measurement was taken on. */
export interface Machine {
  readonly taken_at: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memory_gb: number;
  readonly kernel: string;
  readonly system: string;
  readonly node: string;
  /** Load of the last minute before the first row. */
  readonly load: number;
}

export function thisMachine(): Machine {
  const all = cpus();
  return {
    taken_at: new Date().toISOString(),
    cpu: all[0]?.model.trim() ?? arch(),
    cores: all.length,
    memory_gb: Math.round(totalmem() / 1e9),
    kernel: `${type()} ${release()} ${arch()}`,
    system: systemName(),
    node: process.version,
    load: loadavg()[0] ?? 0,
  };
}

function systemName(): string {
  try {
    const text = readFileSync('/etc/os-release', 'utf8');
    return /^PRETTY_NAME="?([^"\n]+)/m.exec(text)?.[1] ?? type();
  } catch {
    return type();
  }
}
