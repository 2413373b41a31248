import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Clock } from '../ports/clock.ts';
import type { Idempotency } from '../ports/store/requests.ts';
import { Refusal } from '../refusal.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route takes an Idempotency-Key: sent again, a request is answered as the first time. */
    idempotent?: boolean;
  }
  interface FastifyRequest {
    idempotency_key: string | null;
  }
}

const longestKey = 200;

/** Answers a repeated POST with what the first one was answered, and does nothing twice. */
export function idempotency(app: FastifyInstance, store: Idempotency, clock: Clock): void {
  app.decorateRequest('idempotency_key', null);
  app.addHook('preHandler', async (request, reply) => {
    const given = request.headers['idempotency-key'];
    if (request.routeOptions.config.idempotent !== true || given === undefined) return;
    if (typeof given !== 'string' || !/^[\x21-\x7e]+$/.test(given) || given.length > longestKey) {
      throw new Refusal('request_invalid', {
        message: `The Idempotency-Key is not 1 to ${longestKey} printable ASCII characters.`,
        remedy: 'Send a UUID, for example.',
      });
    }
    // Two clients may choose the same key by chance: each has its own.
    const key = `${request.visitor?.key_id ?? 0}:${given}`;
    const replay = await store.begin(
      key,
      fingerprintOf(request),
      new Date(clock.now()).toISOString(),
    );
    switch (replay.kind) {
      case 'fresh':
        request.idempotency_key = key;
        return;
      case 'done':
        return reply
          .code(replay.status)
          .header('idempotent-replayed', 'true')
          .type(
            replay.status < 400 ? 'application/json; charset=utf-8' : 'application/problem+json',
          )
          .serializer((body: unknown) => String(body))
          .send(replay.body);
      case 'running':
        throw new Refusal('request_still_running', {
          message: 'The first request with this Idempotency-Key is still under way.',
          remedy: 'Ask again in a moment, with the same key.',
        });
      case 'mismatch':
        throw new Refusal('idempotency_key_reused', {
          message: 'This Idempotency-Key came with another request before.',
          remedy: 'Use a new key for a new request.',
        });
    }
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const key = request.idempotency_key;
    if (key === null) return payload;
    request.idempotency_key = null;
    // What was refused before anything was done may be tried again with the same key.
    if (reply.statusCode >= 400) await store.forget(key);
    else await store.complete(key, reply.statusCode, typeof payload === 'string' ? payload : '');
    return payload;
  });
}

function fingerprintOf(request: FastifyRequest): string {
  const parts = [request.method, request.url, JSON.stringify(request.body ?? null)];
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}
