import {
  eventAnswer,
  eventBody,
  eventListAnswer,
  eventListParams,
  eventParams,
  pageQuery,
} from '@trafficinator/contract/rest';
import { z } from 'zod';
import { actorOf } from '../plugins/auth.ts';
import { tag, versionAsked, versionIfAny } from '../plugins/etag.ts';
import type { SingleEvents } from '../services/material/single-events.ts';
import { refusals } from './answers.ts';
import type { App } from './routes.ts';

/** Events one by one. The ETag is that of the whole file: positions move when one is removed. */
export function singleEventRoutes(app: App, events: SingleEvents): void {
  const tags = ['events'];
  app.get(
    '/api/events/:list',
    {
      schema: {
        tags,
        summary: 'The events of one list',
        params: eventListParams,
        querystring: pageQuery,
        response: { 200: eventListAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { limit, cursor = null } = request.query;
      const answer = await events.page(request.params.list, limit, cursor);
      tag(reply, answer.version);
      return answer;
    },
  );
  app.post(
    '/api/events/:list',
    {
      schema: {
        tags,
        summary: 'Add one at the end; a built-in list becomes an own one',
        params: eventListParams,
        body: eventBody,
        response: { 201: eventAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { list } = request.params;
      const version = versionIfAny(request);
      const made = await events.add(list, request.body, version, actorOf(request));
      tag(reply, made.version);
      reply.header('location', `/api/events/${list}/${made.position}`);
      return reply.code(201).send(made);
    },
  );
  app.get(
    '/api/events/:list/:position',
    {
      schema: {
        tags,
        summary: 'One event',
        params: eventParams,
        response: { 200: eventAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const found = await events.get(request.params.list, request.params.position);
      tag(reply, found.version);
      return found;
    },
  );
  app.put(
    '/api/events/:list/:position',
    {
      schema: {
        tags,
        summary: 'Replace one',
        params: eventParams,
        body: eventBody,
        response: { 200: eventAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { list, position } = request.params;
      const version = versionAsked(request);
      const made = await events.replace(list, position, request.body, version, actorOf(request));
      tag(reply, made.version);
      return made;
    },
  );
  app.delete(
    '/api/events/:list/:position',
    {
      schema: {
        tags,
        summary: 'Remove one; those after it move up',
        params: eventParams,
        response: { 204: z.null(), ...refusals },
      },
    },
    async (request, reply) => {
      const { list, position } = request.params;
      await events.remove(list, position, versionAsked(request), actorOf(request));
      return reply.code(204).send(null);
    },
  );
}
