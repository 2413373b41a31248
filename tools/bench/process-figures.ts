import { readFileSync } from 'node:fs';

/** What Linux knows of a process. */
export interface ProcessFigures {
  /** Memory it has now, and the most it ever had. */
  readonly rss_mb: number;
  readonly peak_mb: number;
  /** Processor time it has used, all threads, user and system. */
  readonly cpu_ms: number;
}

/** Ticks of the processor times in /proc: 100 a second on every Linux there is. */
const tick_ms = 10;

/** Reads /proc; null when the process is gone. */
export function figuresOfProcess(pid: number | undefined): ProcessFigures | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name, in brackets, may hold spaces; user and system time are fields 14 and 15.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return {
      rss_mb: megabytes(status, 'VmRSS'),
      peak_mb: megabytes(status, 'VmHWM'),
      cpu_ms: (Number(fields[11]) + Number(fields[12])) * tick_ms,
    };
  } catch {
    return null;
  }
}

/** A process that is ending has no memory any more, but is still listed. */
const megabytes = (status: string, name: string): number =>
  (Number(new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024) / 1e6;
