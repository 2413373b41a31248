import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';

const minute_ms = 60_000;
/** Of these a route remembers the counts; beyond, the one that was quiet for longest is forgotten. */
const mostClients = 5_000;
const reading: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** Requests a minute and client, by what they cost. */
export const perMinute = {
  read: 600,
  write: 120,
  /** Starts processes, or asks a Matomo. */
  heavy: 30,
  /** Tries a key. */
  session: 20,
} as const;

/** `config` of a route with another limit than its method's. */
export const limited = (kind: keyof typeof perMinute) => ({
  rateLimit: { max: perMinute[kind], timeWindow: minute_ms },
});

/** Limits each client on each route, before anything else is done for it. */
export async function limits(app: FastifyInstance): Promise<void> {
  // What has a limit of its own is counted by itself; all others would share one count.
  app.addHook('onRoute', (route) => {
    const methods = [route.method].flat();
    const kind = methods.every((method) => reading.has(method)) ? 'read' : 'write';
    route.config = { ...limited(kind), ...route.config };
  });
  await app.register(rateLimit, {
    global: true,
    max: perMinute.read,
    timeWindow: minute_ms,
    enableDraftSpec: true,
    cache: mostClients,
    errorResponseBuilder: (_request, context) => {
      const error = new Error('rate limit') as Error & { statusCode: number };
      error.statusCode = context.statusCode;
      return error;
    },
  });
}
