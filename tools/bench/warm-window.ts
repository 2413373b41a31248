import { setTimeout as sleep } from 'node:timers/promises';

/** Figures of one row in one round; the names say the units. */
export type Figures = Readonly<Record<string, number>>;

/** Processor time of this process, all threads, so garbage collection too, while it did something. */
interface Weighed {
  readonly count: number;
  readonly cpu_us: number;
  readonly user_us: number;
  readonly wall_ms: number;
}

const poll_ms = 10;

/** Begins to weigh what `counted` counts; the function it returns ends that. */
export function weigh(counted: () => number): () => Weighed {
  const began = { count: counted(), cpu: process.cpuUsage(), at_ms: performance.now() };
  return () => {
    const { user, system } = process.cpuUsage(began.cpu);
    return {
      count: counted() - began.count,
      cpu_us: user + system,
      user_us: user,
      wall_ms: performance.now() - began.at_ms,
    };
  };
}

/**
 * Weighs `weighed` hits after `warm` others. It goes by hits, not by seconds: when others keep the
 * processor busy, code must be as warm as when it has it for itself.
 */
export async function hitWindow(
  warm: number,
  weighed: number,
  hits: () => number,
): Promise<Figures> {
  await until(() => hits() >= warm);
  const end = weigh(hits);
  await until(() => hits() >= warm + weighed);
  return hitFigures(end());
}

/** Looks every now and then. */
export async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await sleep(poll_ms);
}

/** What is told of every row that sends hits. */
export function hitFigures({ count, cpu_us, user_us, wall_ms }: Weighed) {
  return {
    cpu_us_per_hit: cpu_us / count,
    user_us_per_hit: user_us / count,
    hits_per_second: (count * 1000) / wall_ms,
    cores_busy: cpu_us / 1000 / wall_ms,
    rss_mb: process.memoryUsage.rss() / 1e6,
  };
}
