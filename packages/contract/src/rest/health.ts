import { z } from 'zod';

const part = z.object({ ok: z.boolean(), reason: z.string() });

/** GET /health: the service itself lives. It says nothing that a stranger should not know. */
export const healthAnswer = z.object({
  status: z.literal('ok'),
  service: z.literal('trafficinator-control'),
  version: z.string(),
});

/** GET /ready: it can do what it is there for. */
export const readyAnswer = z.object({
  status: z.enum(['ok', 'degraded']),
  engine: part,
  database: part,
  disk: part,
  loaders: part,
});
