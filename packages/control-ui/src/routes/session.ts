import { sessionAnswer, sessionBody } from '@trafficinator/contract/rest';
import { z } from 'zod';
import { type AuthParts, actorOf, checkKey, sessionCookie } from '../plugins/auth.ts';
import { limited } from '../plugins/limits.ts';
import { refusals } from './answers.ts';
import type { App } from './routes.ts';

/** The page's way in: the key once, then a cookie that scripts cannot read. */
export function sessionRoutes(app: App, parts: AuthParts, secure: boolean): void {
  const cookie = { path: '/', httpOnly: true, sameSite: 'strict', secure } as const;
  app.post(
    '/api/session',
    {
      config: { access: 'public', ...limited('session') },
      schema: {
        tags: ['session'],
        summary: 'Enter the key, get a cookie for 12 hours',
        security: [],
        body: sessionBody,
        response: { 200: sessionAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const visitor = await checkKey(request, reply, request.body.key, parts);
      if (visitor === null) return reply;
      const { id, expires_at } = await parts.gate.open(visitor);
      reply.setCookie(sessionCookie, id, { ...cookie, expires: new Date(expires_at) });
      parts.audit.note(actorOf(request, visitor), {
        action: 'session.open',
        subject: null,
        outcome: 'done',
        detail: {},
      });
      return reply.send({ name: visitor.name, role: visitor.role, expires_at });
    },
  );
  app.get(
    '/api/session',
    {
      schema: {
        tags: ['session'],
        summary: 'Who I am',
        response: { 200: sessionAnswer, ...refusals },
      },
    },
    (request) => {
      const { name, role } = request.visitor as NonNullable<typeof request.visitor>;
      return { name, role, expires_at: null };
    },
  );
  app.delete(
    '/api/session',
    {
      config: { access: 'viewer' },
      schema: {
        tags: ['session'],
        summary: 'End the session',
        response: { 204: z.null(), ...refusals },
      },
    },
    async (request, reply) => {
      const id = request.cookies[sessionCookie];
      if (id !== undefined) await parts.gate.close(id);
      return reply.clearCookie(sessionCookie, cookie).code(204).send(null);
    },
  );
}
