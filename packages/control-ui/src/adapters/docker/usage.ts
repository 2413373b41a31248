import { z } from 'zod';
import type { Usage } from '../../ports/runner.ts';
import type { Engine } from './engine.ts';

const cpuSchema = z.object({
  cpu_usage: z.object({ total_usage: z.number() }),
  system_cpu_usage: z.number().optional(),
  online_cpus: z.number().optional(),
});
const statsSchema = z.object({
  cpu_stats: cpuSchema,
  precpu_stats: cpuSchema,
  memory_stats: z.object({
    usage: z.number().optional(),
    stats: z.record(z.string(), z.number()).optional(),
  }),
});

/** The engine measures for a second or two. */
const longest_ms = 8_000;

/** What a running container uses; null: it has ended meanwhile. */
export async function usageOf(engine: Engine, container: string): Promise<Usage | null> {
  const answer: unknown = await engine.call(
    () => engine.docker.getContainer(container).stats({ stream: false }),
    longest_ms,
  );
  const { cpu_stats, precpu_stats, memory_stats } = statsSchema.parse(answer);
  if (memory_stats.usage === undefined) return null;
  // Pages of files that can be dropped at any time are not counted, as `docker stats` does.
  const { total_inactive_file, inactive_file } = memory_stats.stats ?? {};
  const memory_bytes = memory_stats.usage - (total_inactive_file ?? inactive_file ?? 0);
  const used = cpu_stats.cpu_usage.total_usage - precpu_stats.cpu_usage.total_usage;
  const all = (cpu_stats.system_cpu_usage ?? 0) - (precpu_stats.system_cpu_usage ?? 0);
  const cores = cpu_stats.online_cpus ?? 1;
  const share = all > 0 ? Math.max(0, (used / all) * cores) : 0;
  return { cpu_percent: Math.round(share * 1000) / 10, memory_bytes: Math.max(0, memory_bytes) };
}
