import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { stillIn } from '../plugins/auth.ts';
import type { Clock } from '../ports/clock.ts';
import { Refusal } from '../refusal.ts';
import type { Gate } from '../services/gate.ts';
import { type Hub, type LiveEvent, type Topic, topics } from '../services/hub.ts';
import { refusals } from './answers.ts';
import type { App } from './routes.ts';

const mostListeners = 500;
/** A client that takes nothing for so long is cut off; it may come back with Last-Event-ID. */
const stalled_ms = 30_000;
/** So often it is asked again whether the listener may listen. */
const askedAgain_ms = 15_000;

export interface LiveParts {
  readonly hub: Hub;
  readonly gate: Gate;
  readonly clock: Clock;
}

const liveQuery = z.object({
  /** Which of them, separated by commas; all when left out. */
  topics: z.string().max(100).optional(),
  /** As Last-Event-ID, for who connects anew and cannot send that header. */
  after: z
    .string()
    .regex(/^\d{1,16}$/)
    .optional(),
});

/**
 * GET /api/live: server-sent events. `event` is the topic, `data` its JSON, `id` counts up: a client that
 * comes back with Last-Event-ID, or with `after`, gets what it missed, as far as it is kept.
 */
export function liveRoutes(app: App, parts: LiveParts): void {
  const { hub } = parts;
  app.get(
    '/api/live',
    {
      sse: { kind: 'manual', serializer: (data: unknown) => String(data) },
      schema: {
        tags: ['live'],
        summary: 'Status, log lines, runs and backfills as they happen (server-sent events)',
        produces: ['text/event-stream'],
        querystring: liveQuery,
        response: refusals,
      },
    },
    async (request, reply) => {
      if (hub.listeners >= mostListeners) {
        throw new Refusal('too_many_requests', {
          message: `There are ${mostListeners} listeners already.`,
          remedy: 'Close some, or ask /api/status now and then.',
        });
      }
      const asked = request.query.topics?.split(',').map((topic) => topic.trim());
      const unknown = asked?.find((topic) => !topics.includes(topic as Topic));
      if (unknown !== undefined) {
        throw new Refusal('request_invalid', {
          message: 'There is no such topic.',
          remedy: `The topics are ${topics.join(', ')}.`,
        });
      }
      const wanted = new Set((asked ?? topics) as readonly Topic[]);
      const last = Number(reply.sse.lastEventId ?? request.query.after ?? Number.NaN);
      const listening = { topics: wanted, after: Number.isSafeInteger(last) ? last : null };
      const ended = new AbortController();
      reply.sse.onClose(() => ended.abort());
      watchOver(request, reply, ended.signal, parts);
      const cutOff = (): void => {
        request.log.info({ address: request.ip }, 'a listener takes nothing and is cut off');
        reply.raw.destroy();
      };
      // A listener knows at once that it listens, however long nothing happens.
      reply.sse.sendHeaders();
      reply.raw.flushHeaders();
      const news = hub.listen(listening, ended.signal);
      await reply.sse.send(bounded(news, ended.signal, parts.clock, cutOff));
    },
  );
}

/** Ends the stream of a listener whose key was revoked or whose session is over. */
function watchOver(
  request: FastifyRequest,
  reply: FastifyReply,
  signal: AbortSignal,
  { gate, clock }: LiveParts,
): void {
  const ask = async (): Promise<void> => {
    // A store that does not answer revokes nothing.
    const may = await stillIn(request, gate).catch(() => true);
    if (signal.aborted) return;
    if (may) again();
    else reply.sse.close();
  };
  let callOff = () => {};
  const again = (): void => {
    callOff = clock.after(askedAgain_ms, () => void ask());
  };
  signal.addEventListener('abort', () => callOff(), { once: true });
  again();
}

/** Events as they are sent, each of which the client has to take in time. */
async function* bounded(
  news: AsyncIterable<LiveEvent>,
  signal: AbortSignal,
  clock: Clock,
  cutOff: () => void,
): AsyncGenerator<{ id: string; event: string; data: string; retry?: number }> {
  let callOff = () => {};
  signal.addEventListener('abort', () => callOff(), { once: true });
  let first = true;
  for await (const { id, topic, json } of news) {
    callOff = clock.after(stalled_ms, cutOff);
    yield { id: String(id), event: topic, data: json, ...(first && { retry: 2_000 }) };
    callOff();
    first = false;
  }
}
