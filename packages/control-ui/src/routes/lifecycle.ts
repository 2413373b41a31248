import { fleetStatus, graceQuery, operationResult, startBody } from '@trafficinator/contract/rest';
import { actorOf } from '../plugins/auth.ts';
import { limited } from '../plugins/limits.ts';
import type { Operations } from '../services/operations.ts';
import type { Overview } from '../services/overview.ts';
import { refusals } from './answers.ts';
import type { App } from './routes.ts';

/** Status, start, stop, restart. */
export function lifecycleRoutes(app: App, operations: Operations, overview: Overview): void {
  app.get(
    '/api/status',
    {
      schema: {
        tags: ['loader'],
        summary: 'What the loaders do, in numbers',
        response: { 200: fleetStatus, ...refusals },
      },
    },
    () => overview.status(),
  );
  app.post(
    '/api/start',
    {
      config: { idempotent: true, ...limited('heavy') },
      schema: {
        tags: ['loader'],
        summary: 'Start the saved settings, a preset, or other settings (which are saved)',
        body: startBody,
        response: { 200: operationResult, ...refusals },
      },
    },
    (request) => operations.start(request.body, actorOf(request)),
  );
  app.post(
    '/api/stop',
    {
      config: { idempotent: true, ...limited('heavy') },
      schema: {
        tags: ['loader'],
        summary: 'Stop: no new visits, those under way end within `timeout` seconds',
        querystring: graceQuery,
        response: { 200: operationResult, ...refusals },
      },
    },
    (request) => operations.stop(request.query.timeout, actorOf(request)),
  );
  app.post(
    '/api/restart',
    {
      config: { idempotent: true, ...limited('heavy') },
      schema: {
        tags: ['loader'],
        summary:
          'Stop and start, with new settings if given; if that fails, what ran before goes on',
        querystring: graceQuery,
        body: startBody,
        response: { 200: operationResult, ...refusals },
      },
    },
    (request) => operations.restart(request.body, actorOf(request)),
  );
}
