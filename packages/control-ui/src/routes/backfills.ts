import {
  backfillBody,
  backfillsAnswer,
  cleanupAnswer,
  forecastAnswer,
  jobAnswer,
  jobBody,
  lastBackfill,
} from '@trafficinator/contract/rest';
import { actorOf } from '../plugins/auth.ts';
import { limited } from '../plugins/limits.ts';
import type { Backfills } from '../services/backfills.ts';
import type { OneOffs } from '../services/one-offs.ts';
import { refusals } from './answers.ts';
import type { App } from './routes.ts';

/** Jobs into the past. */
export function backfillRoutes(app: App, backfills: Backfills, oneOffs: OneOffs): void {
  const tags = ['backfill'];
  const heavy = { idempotent: true, ...limited('heavy') };
  app.post(
    '/api/backfill/run',
    {
      config: heavy,
      schema: {
        tags,
        summary: 'Begin one; the window is in the BACKFILL_ settings of config',
        body: backfillBody,
        response: { 201: jobAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const job = await backfills.run(request.body, actorOf(request));
      return reply.code(201).send({ message: `Backfill ${job.id} has begun.`, job });
    },
  );
  app.post(
    '/api/backfill/forecast',
    {
      config: { access: 'viewer', ...limited('heavy') },
      schema: {
        tags,
        summary: 'What would be sent, day by day; sends nothing',
        body: backfillBody,
        response: { 200: forecastAnswer, ...refusals },
      },
    },
    (request) => oneOffs.forecast(request.body.config),
  );
  app.get(
    '/api/backfill/status',
    {
      schema: {
        tags,
        summary: 'All backfills, the newest first',
        response: { 200: backfillsAnswer, ...refusals },
      },
    },
    () => backfills.list(),
  );
  app.get(
    '/api/backfill/last',
    {
      schema: { tags, summary: 'The newest one', response: { 200: lastBackfill, ...refusals } },
    },
    async () => ({ job: (await backfills.list()).runs[0] ?? null }),
  );
  app.post(
    '/api/backfill/cancel',
    {
      config: heavy,
      schema: {
        tags,
        summary: 'Stop one; it can go on later',
        body: jobBody,
        response: { 200: jobAnswer, ...refusals },
      },
    },
    async (request) => {
      const job = await backfills.cancel(request.body.id, actorOf(request));
      return { message: `Backfill ${job.id} was stopped.`, job };
    },
  );
  app.post(
    '/api/backfill/resume',
    {
      config: heavy,
      schema: {
        tags,
        summary: 'Go on with one that was stopped or halted',
        body: jobBody,
        response: { 200: jobAnswer, ...refusals },
      },
    },
    async (request) => {
      const job = await backfills.resume(request.body.id, actorOf(request));
      return { message: `Backfill ${job.id} goes on.`, job };
    },
  );
  app.post(
    '/api/backfill/abandon',
    {
      config: heavy,
      schema: {
        tags,
        summary: 'Stop one for good: it cannot go on, and can still be reconciled',
        body: jobBody,
        response: { 200: jobAnswer, ...refusals },
      },
    },
    async (request) => {
      const job = await backfills.abandon(request.body.id, actorOf(request));
      return { message: `Backfill ${job.id} was given up.`, job };
    },
  );
  app.post(
    '/api/backfill/cleanup',
    {
      config: heavy,
      schema: {
        tags,
        summary: 'Remove those that have ended, with their files',
        response: { 200: cleanupAnswer, ...refusals },
      },
    },
    async (request) => {
      const removed = [...(await backfills.cleanUp(actorOf(request)))];
      return { message: `${removed.length} backfills were removed.`, removed };
    },
  );
}
