import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process that can be told from a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it began, as this machine says it; only to compare. */
  readonly began: string;
}

export interface ProcessFacts extends ProcessIdentity {
  /** Of all cores, since it began. */
  readonly cpu_ms: number;
  readonly memory_bytes: number;
}

/** What the machine knows of a process; null: there is none, or it has ended and waits to be reaped. */
export function factsOf(pid: number): ProcessFacts | null {
  return process.platform === 'linux' ? factsOfProc(pid) : factsOfPs(pid);
}

/** Whether this very process still lives. */
export const isAlive = ({ pid, began }: ProcessIdentity): boolean => factsOf(pid)?.began === began;

/** Linux counts a process's time in hundredths of a second, whatever the kernel's own clock. */
const tick_ms = 10;

/** The fields of /proc/PID/stat that are read (proc(5)), counted from the one after the name. */
const fields = { state: 0, user_ticks: 11, system_ticks: 12, start_ticks: 19 } as const;

function factsOfProc(pid: number): ProcessFacts | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in brackets and may hold anything, brackets too.
    const after = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (after[fields.state] === 'Z' || after[fields.state] === 'X') return null;
    const ticks = Number(after[fields.user_ticks]) + Number(after[fields.system_ticks]);
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kilobytes = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    // The start is counted from the boot: after another boot the same count is another moment.
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return {
      pid,
      began: `${boot} ${after[fields.start_ticks]}`,
      cpu_ms: ticks * tick_ms,
      memory_bytes: kilobytes * 1024,
    };
  } catch {
    return null;
  }
}

function factsOfPs(pid: number): ProcessFacts | null {
  const asked = ['-o', 'state=,rss=,time=,lstart=', '-p', String(pid)];
  const { status, stdout } = spawnSync('ps', asked, { encoding: 'utf8', env: { LC_ALL: 'C' } });
  const found = status === 0 ? /^\s*(\S+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(stdout) : null;
  if (found === null) return null;
  const [, state = '', kilobytes = '0', time = '', began = ''] = found;
  if (state.startsWith('Z')) return null;
  return { pid, began, cpu_ms: cpuTime(time), memory_bytes: Number(kilobytes) * 1024 };
}

/** `[[days-]hours:]minutes:seconds` in ms. */
function cpuTime(text: string): number {
  const [clock = '0', days = '0'] = text.split('-').reverse();
  const seconds = clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return (Number(days) * 86_400 + seconds) * 1000;
}
