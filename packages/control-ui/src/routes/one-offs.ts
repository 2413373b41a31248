import {
  planAnswer,
  planBody,
  reconcileAnswer,
  reconcileBody,
  testConnectionAnswer,
  testConnectionBody,
} from '@trafficinator/contract/rest';
import { actorOf } from '../plugins/auth.ts';
import { limited } from '../plugins/limits.ts';
import type { AuditTrail } from '../services/audit-trail.ts';
import type { ConnectionTest } from '../services/connection-test.ts';
import type { OneOffs } from '../services/one-offs.ts';
import { refusals } from './answers.ts';
import type { App } from './routes.ts';

/** What the loader's own commands answer: check, plan, reconcile. */
export function oneOffRoutes(
  app: App,
  oneOffs: OneOffs,
  test: ConnectionTest,
  audit: AuditTrail,
): void {
  app.post(
    '/api/test-connection',
    {
      config: limited('heavy'),
      schema: {
        tags: ['settings'],
        summary: 'Ask a Matomo, and send one marked visit',
        body: testConnectionBody,
        response: { 200: testConnectionAnswer, ...refusals },
      },
    },
    async (request) => {
      const answer = await test.run(request.body);
      audit.note(actorOf(request), {
        action: 'connection.test',
        subject: null,
        outcome: 'done',
        detail: { success: answer.success },
      });
      return answer;
    },
  );
  app.post(
    '/api/plan',
    {
      // A URL list may come with it.
      bodyLimit: 9 * 1024 * 1024,
      config: { access: 'viewer', ...limited('heavy') },
      schema: {
        tags: ['plan'],
        summary: 'Visits as they would be sent; sends nothing',
        body: planBody,
        response: { 200: planAnswer, ...refusals },
      },
    },
    (request) => {
      const { config, visits, from, funnel, events, urls, journeys } = request.body;
      const files = {
        ...(funnel !== undefined && {
          funnel_config_path: JSON.stringify([{ ...funnel, enabled: true, probability: 1 }]),
        }),
        ...(events !== undefined && { events_file: JSON.stringify(events) }),
        ...(urls !== undefined && { urls_file: urls }),
        ...(journeys !== undefined && {
          journeys_file: JSON.stringify(journeys),
          funnel_config_path: '[]',
        }),
      };
      return oneOffs.plan(config, { visits, from }, files);
    },
  );
  app.post(
    '/api/reconcile',
    {
      config: limited('heavy'),
      schema: {
        tags: ['backfill'],
        summary: 'Compare a backfill with Matomo’s reports, day by day',
        body: reconcileBody,
        response: { 200: reconcileAnswer, ...refusals },
      },
    },
    async (request) => {
      const { id, target, wait } = request.body;
      const answer = await oneOffs.reconcile(id, target, wait);
      audit.note(actorOf(request), {
        action: 'backfill.reconcile',
        subject: id,
        outcome: 'done',
        detail: { matches: answer.matches },
      });
      return answer;
    },
  );
}
