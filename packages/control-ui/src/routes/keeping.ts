import {
  auditAnswer,
  auditQuery,
  preferencesAnswer,
  preferencesBody,
} from '@trafficinator/contract/rest';
import type { FastifyRequest } from 'fastify';
import { tag, versionAsked } from '../plugins/etag.ts';
import type { Audit } from '../ports/store/audit.ts';
import type { Preferences } from '../services/preferences.ts';
import { refusals } from './answers.ts';
import type { App } from './routes.ts';

/** What a page remembers for a key, and the trail of who did what. */
export function keepingRoutes(app: App, preferences: Preferences, audit: Audit): void {
  app.get(
    '/api/preferences',
    {
      schema: {
        tags: ['preferences'],
        summary: 'What is remembered for this key',
        response: { 200: preferencesAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const answer = await preferences.get(keyOf(request));
      tag(reply, answer.version);
      return answer;
    },
  );
  app.put(
    '/api/preferences',
    {
      bodyLimit: 128 * 1024,
      config: { access: 'viewer' },
      schema: {
        tags: ['preferences'],
        summary: 'Remember something else instead, up to 64 KiB',
        body: preferencesBody,
        response: { 200: preferencesAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const version = versionAsked(request);
      const answer = await preferences.put(keyOf(request), request.body.values, version);
      tag(reply, answer.version);
      return answer;
    },
  );
  app.get(
    '/api/audit',
    {
      schema: {
        tags: ['audit'],
        summary: 'Who did what, the newest first',
        querystring: auditQuery,
        response: { 200: auditAnswer, ...refusals },
      },
    },
    async (request) => {
      const { limit, cursor = null } = request.query;
      const page = await audit.list({ limit, cursor });
      return {
        ...page,
        items: page.items.map((entry) => ({ ...entry, detail: { ...entry.detail } })),
      };
    },
  );
}

const keyOf = (request: FastifyRequest): number => request.visitor?.key_id ?? 0;
