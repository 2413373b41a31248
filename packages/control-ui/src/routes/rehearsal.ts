import { rehearsalAnswer, rehearsalBegun } from '@trafficinator/contract/rest';
import { actorOf } from '../plugins/auth.ts';
import { limited } from '../plugins/limits.ts';
import type { Overview } from '../services/overview.ts';
import type { Rehearsal } from '../services/rehearsal.ts';
import { refusals } from './answers.ts';
import type { App } from './routes.ts';

/** The built-in stand-in Matomo as the target. */
export function rehearsalRoutes(app: App, rehearsal: Rehearsal, overview: Overview): void {
  const tags = ['settings'];
  app.get(
    '/api/rehearsal',
    {
      schema: {
        tags,
        summary: 'Whether there is a stand-in Matomo, and whether it is the target',
        response: { 200: rehearsalAnswer, ...refusals },
      },
    },
    () => rehearsal.state(),
  );
  app.post(
    '/api/rehearsal',
    {
      config: { idempotent: true, ...limited('heavy') },
      schema: {
        tags,
        summary: 'Make the stand-in the target; settings that name another one are left alone',
        response: { 200: rehearsalBegun, ...refusals },
      },
    },
    async (request) => {
      const url = await rehearsal.begin(actorOf(request));
      overview.forget();
      return { message: 'The stand-in is the target.', url };
    },
  );
}
