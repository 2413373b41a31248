import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import { type Hub, type Topic, topics } from '../services/hub.ts';
import { refusals } from './answers.ts';
import type { App } from './routes.ts';

const mostListeners = 500;

const liveQuery = z.object({
  /** Which of them, separated by commas; all when left out. */
  topics: z.string().max(100).optional(),
});

/**
 * GET /api/live: server-sent events. `event` is the topic, `data` its JSON, `id` counts up: a client that
 * comes back with Last-Event-ID gets what it missed, as far as it is kept.
 */
export function liveRoutes(app: App, hub: Hub): void {
  app.get(
    '/api/live',
    {
      sse: { kind: 'only', serializer: (data: unknown) => String(data) },
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
      const last = Number(reply.sse.lastEventId ?? Number.NaN);
      const ended = new AbortController();
      reply.sse.onClose(() => ended.abort());
      const listening = { topics: wanted, after: Number.isSafeInteger(last) ? last : null };
      await reply.sse.send(events(hub, listening, ended.signal));
    },
  );
}

async function* events(
  hub: Hub,
  listening: Parameters<Hub['listen']>[0],
  signal: AbortSignal,
): AsyncGenerator<{ id: string; event: string; data: string; retry?: number }> {
  let first = true;
  for await (const { id, topic, json } of hub.listen(listening, signal)) {
    yield { id: String(id), event: topic, data: json, ...(first && { retry: 2_000 }) };
    first = false;
  }
}
