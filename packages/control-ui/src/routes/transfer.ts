import { exportFile, importAnswer, importBody } from '@trafficinator/contract/rest';
import { actorOf } from '../plugins/auth.ts';
import { limited } from '../plugins/limits.ts';
import type { Exporter } from '../services/transfer/export.ts';
import type { Importer } from '../services/transfer/import.ts';
import { refusals } from './answers.ts';
import type { App } from './routes.ts';

/** Everything in one file, out and in. */
export function transferRoutes(app: App, exporter: Exporter, importer: Importer): void {
  const tags = ['transfer'];
  app.get(
    '/api/export',
    {
      config: limited('heavy'),
      schema: {
        tags,
        summary: 'Everything that is kept, without secrets',
        response: { 200: exportFile, ...refusals },
      },
    },
    async (request, reply) => {
      reply.header('content-disposition', 'attachment; filename="trafficinator-export.json"');
      return exporter.of(request.visitor?.key_id ?? 0);
    },
  );
  app.post(
    '/api/import',
    {
      bodyLimit: 16 * 1024 * 1024,
      config: { idempotent: true, ...limited('heavy') },
      schema: {
        tags,
        summary: 'Take an export in: all of it or nothing, unless partial; dry_run only tells',
        body: importBody,
        response: { 200: importAnswer, ...refusals },
      },
    },
    (request) => importer.take(request.body, request.visitor?.key_id ?? 0, actorOf(request)),
  );
}
