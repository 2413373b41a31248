import {
  targetAnswer,
  targetBody,
  targetParams,
  targetsAnswer,
  targetsBody,
  targetsChanged,
} from '@trafficinator/contract/rest';
import { z } from 'zod';
import { actorOf } from '../plugins/auth.ts';
import { tag, versionAsked, versionIfAny } from '../plugins/etag.ts';
import type { Targets } from '../services/targets/targets.ts';
import { refusals } from './answers.ts';
import type { App } from './routes.ts';

/** The Matomos that get visits. The ETag is that of the settings, which hold them. */
export function targetRoutes(app: App, targets: Targets): void {
  const tags = ['targets'];
  app.get(
    '/api/targets',
    {
      schema: {
        tags,
        summary: 'All targets, tokens masked',
        response: { 200: targetsAnswer, ...refusals },
      },
    },
    async (_request, reply) => {
      const answer = await targets.list();
      tag(reply, answer.version);
      return answer;
    },
  );
  app.put(
    '/api/targets',
    {
      schema: {
        tags,
        summary:
          'The whole list, its order and its strategy; a stored token stays with its address',
        body: targetsBody,
        response: { 200: targetsChanged, ...refusals },
      },
    },
    async (request, reply) => {
      const version = versionAsked(request);
      const answer = await targets.replace(request.body, version, actorOf(request));
      tag(reply, answer.version);
      return answer;
    },
  );
  app.post(
    '/api/targets',
    {
      schema: {
        tags,
        summary: 'Add one',
        body: targetBody,
        response: { 201: targetsChanged, ...refusals },
      },
    },
    async (request, reply) => {
      const version = versionIfAny(request);
      const answer = await targets.add(request.body, version, actorOf(request));
      tag(reply, answer.version);
      const name = answer.items.at(-1)?.name ?? '';
      reply.header('location', `/api/targets/${encodeURIComponent(name)}`);
      return reply.code(201).send(answer);
    },
  );
  app.get(
    '/api/targets/:name',
    {
      schema: {
        tags,
        summary: 'One target',
        params: targetParams,
        response: { 200: targetAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const found = await targets.get(request.params.name);
      tag(reply, found.version);
      return found;
    },
  );
  app.put(
    '/api/targets/:name',
    {
      schema: {
        tags,
        summary: 'Change what is given; with another address the stored token is dropped',
        params: targetParams,
        body: targetBody,
        response: { 200: targetsChanged, ...refusals },
      },
    },
    async (request, reply) => {
      const { name } = request.params;
      const version = versionAsked(request);
      const answer = await targets.update(name, request.body, version, actorOf(request));
      tag(reply, answer.version);
      return answer;
    },
  );
  app.delete(
    '/api/targets/:name',
    {
      schema: {
        tags,
        summary: 'Remove one',
        params: targetParams,
        response: { 204: z.null(), ...refusals },
      },
    },
    async (request, reply) => {
      await targets.remove(request.params.name, versionAsked(request), actorOf(request));
      return reply.code(204).send(null);
    },
  );
}
