import { documentBody, eventsAnswer, eventsVerdict } from '@trafficinator/contract/rest';
import { z } from 'zod';
import { actorOf } from '../plugins/auth.ts';
import { tag, versionAsked, versionIfAny } from '../plugins/etag.ts';
import type { Events } from '../services/material/events.ts';
import { refusals } from './answers.ts';
import type { App } from './routes.ts';

const bodyLimit = 1024 * 1024;

/** The events file as a whole. */
export function eventRoutes(app: App, events: Events): void {
  const tags = ['events'];
  app.get(
    '/api/events',
    {
      schema: {
        tags,
        summary: 'The events in force, and how often each kind occurs',
        response: { 200: eventsAnswer, ...refusals },
      },
    },
    async (_request, reply) => {
      const answer = await events.get();
      tag(reply, answer.version);
      return answer;
    },
  );
  for (const method of ['PUT', 'POST'] as const) {
    app.route({
      method,
      url: '/api/events',
      bodyLimit,
      schema: {
        tags,
        summary: 'Use other events; one mistake refuses all of them',
        body: documentBody,
        response: { 200: eventsAnswer, ...refusals },
      },
      handler: async (request, reply) => {
        const version = method === 'PUT' ? versionAsked(request) : versionIfAny(request);
        const answer = await events.save(request.body, version, actorOf(request));
        tag(reply, answer.version);
        return answer;
      },
    });
  }
  app.post(
    '/api/events/validate',
    {
      bodyLimit,
      config: { access: 'viewer' },
      schema: {
        tags,
        summary: 'Judge an events file; saves nothing',
        body: documentBody,
        response: { 200: eventsVerdict, ...refusals },
      },
    },
    (request) => events.judge(request.body),
  );
  app.delete(
    '/api/events',
    {
      schema: {
        tags,
        summary: 'Go back to the built-in events',
        response: { 204: z.null(), ...refusals },
      },
    },
    async (request, reply) => {
      await events.clear(versionAsked(request), actorOf(request));
      return reply.code(204).send(null);
    },
  );
}
