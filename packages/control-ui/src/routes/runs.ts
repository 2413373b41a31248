import {
  compareAnswer,
  compareQuery,
  runParams,
  runRecord,
  runsAnswer,
  runsQuery,
  seriesAnswer,
  seriesQuery,
} from '@trafficinator/contract/rest';
import { z } from 'zod';
import { actorOf } from '../plugins/auth.ts';
import type { RunHistory } from '../services/run-history.ts';
import { refusals } from './answers.ts';
import type { App } from './routes.ts';

/** History: what ran, what became of it, its time series, and two of them side by side. */
export function runRoutes(app: App, history: RunHistory): void {
  const tags = ['runs'];
  app.get(
    '/api/runs',
    {
      schema: {
        tags,
        summary: 'Runs, the newest first',
        querystring: runsQuery,
        response: { 200: runsAnswer, ...refusals },
      },
    },
    (request) => history.list(request.query),
  );
  app.get(
    '/api/runs/compare',
    {
      schema: {
        tags,
        summary: 'Two runs: the settings that differ, and every number of both',
        querystring: compareQuery,
        response: { 200: compareAnswer, ...refusals },
      },
    },
    (request) => history.compare(request.query.a, request.query.b),
  );
  app.get(
    '/api/runs/:id',
    {
      schema: {
        tags,
        summary: 'One run',
        params: runParams,
        response: { 200: runRecord, ...refusals },
      },
    },
    (request) => history.get(request.params.id),
  );
  app.get(
    '/api/runs/:id/series',
    {
      schema: {
        tags,
        summary: 'Its time series, merged to the wanted number of points',
        params: runParams,
        querystring: seriesQuery,
        response: { 200: seriesAnswer, ...refusals },
      },
    },
    (request) => history.series(request.params.id, request.query),
  );
  app.delete(
    '/api/runs/:id',
    {
      schema: {
        tags,
        summary: 'Forget a run that has ended',
        params: runParams,
        response: { 204: z.null(), ...refusals },
      },
    },
    async (request, reply) => {
      await history.remove(request.params.id, actorOf(request));
      return reply.code(204).send(null);
    },
  );
}
