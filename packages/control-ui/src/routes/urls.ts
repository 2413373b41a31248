import { Readable } from 'node:stream';
import {
  linesAnswer,
  linesQuery,
  urlsAnswer,
  urlsBody,
  urlsVerdict,
} from '@trafficinator/contract/rest';
import { z } from 'zod';
import { actorOf } from '../plugins/auth.ts';
import { tag, versionAsked, versionIfAny } from '../plugins/etag.ts';
import { limited } from '../plugins/limits.ts';
import type { Urls } from '../services/material/urls.ts';
import { refusals } from './answers.ts';
import type { App } from './routes.ts';

/** 8 MiB of text as JSON, with room for its escapes. */
const bodyLimit = 9 * 1024 * 1024;
const chunk_characters = 64 * 1024;

/** The list of URLs: in numbers, in lines, as a file. */
export function urlRoutes(app: App, urls: Urls): void {
  const tags = ['urls'];
  const config = limited('heavy');
  app.get(
    '/api/urls',
    {
      schema: {
        tags,
        summary: 'The list in numbers: counts, the first problems, its structure',
        response: { 200: urlsAnswer, ...refusals },
      },
    },
    async (_request, reply) => {
      const answer = await urls.get();
      tag(reply, answer.version);
      return answer;
    },
  );
  app.get(
    '/api/urls/lines',
    {
      schema: {
        tags,
        summary: 'Some lines of it',
        querystring: linesQuery,
        response: { 200: linesAnswer, ...refusals },
      },
    },
    (request) => urls.lines(request.query.from, request.query.limit),
  );
  app.get(
    '/api/urls/content',
    {
      schema: {
        tags,
        summary: 'All of it as a file',
        produces: ['text/plain'],
        response: { 200: z.string(), ...refusals },
      },
    },
    async (_request, reply) => {
      const { text, version } = await urls.content();
      tag(reply, version);
      reply.type('text/plain; charset=utf-8');
      reply.header('content-disposition', 'attachment; filename="urls.txt"');
      return reply.send(Readable.from(pieces(text), { objectMode: false }) as never);
    },
  );
  app.post(
    '/api/urls/validate',
    {
      bodyLimit,
      config: { access: 'viewer', ...config },
      schema: {
        tags,
        summary: 'Judge a list; saves nothing',
        body: urlsBody,
        response: { 200: urlsVerdict, ...refusals },
      },
    },
    async (request) => urls.judge(request.body.content),
  );
  for (const method of ['PUT', 'POST'] as const) {
    app.route({
      method,
      url: '/api/urls',
      bodyLimit,
      config,
      schema: {
        tags,
        summary: 'Use another list; one wrong line refuses all of it',
        body: urlsBody,
        response: { 200: urlsAnswer, ...refusals },
      },
      handler: async (request, reply) => {
        const version = method === 'PUT' ? versionAsked(request) : versionIfAny(request);
        const answer = await urls.save(request.body.content, version, actorOf(request));
        tag(reply, answer.version);
        return answer;
      },
    });
  }
  app.delete(
    '/api/urls',
    {
      schema: {
        tags,
        summary: 'Go back to the built-in list',
        response: { 204: z.null(), ...refusals },
      },
    },
    async (request, reply) => {
      await urls.clear(versionAsked(request), actorOf(request));
      return reply.code(204).send(null);
    },
  );
}

function* pieces(text: string): Generator<Buffer> {
  // A piece never ends between the two halves of a character.
  for (let at = 0; at < text.length; ) {
    const last = text.charCodeAt(at + chunk_characters - 1);
    const end = at + chunk_characters + (last >= 0xd800 && last < 0xdc00 ? 1 : 0);
    yield Buffer.from(text.slice(at, end));
    at = end;
  }
}
