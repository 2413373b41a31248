import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';

const minute_ms = 60_000;

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
  await app.register(rateLimit, {
    global: true,
    max: (request) =>
      request.method === 'GET' || request.method === 'HEAD' ? perMinute.read : perMinute.write,
    timeWindow: minute_ms,
    enableDraftSpec: true,
    cache: 20_000,
    errorResponseBuilder: (_request, context) => {
      const error = new Error('rate limit') as Error & { statusCode: number };
      error.statusCode = context.statusCode;
      return error;
    },
  });
}
