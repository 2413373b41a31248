import { logsAnswer, logsQuery } from '@trafficinator/contract/rest';
import { asText } from '../services/logs/log-text.ts';
import type { Logs } from '../services/logs/logs.ts';
import { refusals } from './answers.ts';
import type { App } from './routes.ts';

/** What loaders said: the last lines that fit. New ones come with /api/live. */
export function logRoutes(app: App, logs: Logs): void {
  app.get(
    '/api/logs',
    {
      schema: {
        tags: ['logs'],
        summary: 'The last lines; filtered first, then cut',
        querystring: logsQuery,
        response: { 200: logsAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { lines, level, filter, since, loader, format } = request.query;
      const found = await logs.read({ lines, level, filter, since, loader });
      if (format === 'text') {
        const text = found.lines.map((line) => `${asText(line)}\n`).join('');
        reply
          .type('text/plain; charset=utf-8')
          .header('content-disposition', 'attachment; filename="trafficinator.log"')
          .serializer((value: unknown) => String(value));
        return reply.send(text as never);
      }
      return reply.send({
        lines: [...found.lines],
        lines_returned: found.lines.length,
        more: found.more,
      });
    },
  );
}
