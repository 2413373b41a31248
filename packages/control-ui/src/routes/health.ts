import { healthAnswer, readyAnswer } from '@trafficinator/contract/rest';
import type { Readiness } from '../services/readiness.ts';
import { refusals } from './answers.ts';
import type { App } from './routes.ts';

/** /health: the process works. /ready: what it needs works too. */
export function healthRoutes(app: App, readiness: Readiness, version: string): void {
  app.get(
    '/health',
    {
      config: { access: 'public' },
      schema: {
        tags: ['health'],
        summary: 'Whether the service lives',
        security: [],
        response: { 200: healthAnswer, ...refusals },
      },
    },
    () => ({ status: 'ok' as const, service: 'trafficinator-control' as const, version }),
  );
  app.get(
    '/ready',
    {
      config: { access: 'public' },
      schema: {
        tags: ['health'],
        summary: 'Whether engine, database, disk and loaders work; 503 when one does not',
        security: [],
        response: { 200: readyAnswer, 503: readyAnswer, ...refusals },
      },
    },
    async (_request, reply) => {
      const answer = await readiness.ask();
      return reply.code(answer.status === 'ok' ? 200 : 503).send(answer);
    },
  );
}
