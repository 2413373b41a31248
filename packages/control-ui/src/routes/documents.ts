import { documentAnswer, documentBody } from '@trafficinator/contract/rest';
import { z } from 'zod';
import { actorOf } from '../plugins/auth.ts';
import { tag, versionAsked } from '../plugins/etag.ts';
import type { KeptFile } from '../services/material/documents.ts';
import { refusals } from './answers.ts';
import type { App } from './routes.ts';

/** A file of the material that is kept as it is written: `/api/campaigns` and its like. */
export function documentRoutes(app: App, file: KeptFile): void {
  const url = `/api/${file.kind}`;
  const tags = [file.kind];
  app.get(
    url,
    {
      schema: {
        tags,
        summary: 'The file, and what is to be said of it',
        response: { 200: documentAnswer, ...refusals },
      },
    },
    async (_request, reply) => {
      const answer = await file.get();
      tag(reply, answer.version);
      return answer;
    },
  );
  app.put(
    url,
    {
      bodyLimit: 1024 * 1024,
      schema: {
        tags,
        summary: 'Use another file; one mistake refuses all of it',
        body: documentBody,
        response: { 200: documentAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const answer = await file.save(request.body, versionAsked(request), actorOf(request));
      tag(reply, answer.version);
      return answer;
    },
  );
  app.delete(
    url,
    {
      schema: {
        tags,
        summary: 'Go back to what is built in',
        response: { 204: z.null(), ...refusals },
      },
    },
    async (request, reply) => {
      await file.clear(versionAsked(request), actorOf(request));
      return reply.code(204).send(null);
    },
  );
}
