import { setTimeout as sleep } from 'node:timers/promises';

/** Figures of one row in one round; the names say the units. */
export type Figures = Readonly<Record<string, number>>;

/**
 * Lets what runs in this process warm up, then weighs it: processor time (user and system, all threads,
 * so garbage collection too) over the things that `counted` counts meanwhile.
 */
export async function warmWindow(
  warm_ms: number,
  window_ms: number,
  counted: () => number,
): Promise<{ count: number; cpu_us: number; user_us: number; wall_ms: number }> {
  await sleep(warm_ms);
  const began = { count: counted(), cpu: process.cpuUsage(), at_ms: performance.now() };
  await sleep(window_ms);
  const { user, system } = process.cpuUsage(began.cpu);
  const count = counted() - began.count;
  if (count === 0) throw new Error('nothing happened while it was weighed');
  return {
    count,
    cpu_us: user + system,
    user_us: user,
    wall_ms: performance.now() - began.at_ms,
  };
}

/** The same for things that are hits. */
export async function hitWindow(
  warm_ms: number,
  window_ms: number,
  hits: () => number,
): Promise<Figures> {
  const { count, cpu_us, user_us, wall_ms } = await warmWindow(warm_ms, window_ms, hits);
  return {
    cpu_us_per_hit: cpu_us / count,
    user_us_per_hit: user_us / count,
    hits_per_second: (count * 1000) / wall_ms,
    cores_busy: cpu_us / 1000 / wall_ms,
    rss_mb: process.memoryUsage.rss() / 1e6,
  };
}
