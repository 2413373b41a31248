import {
  enabledBody,
  funnelBody,
  funnelDetail,
  funnelParams,
  funnelsAnswer,
  funnelsBody,
  funnelsFileAnswer,
  funnelsImported,
  funnelsQuery,
  importQuery,
  orderBody,
} from '@trafficinator/contract/rest';
import { z } from 'zod';
import { actorOf } from '../plugins/auth.ts';
import { tag, versionAsked } from '../plugins/etag.ts';
import type { Funnels } from '../services/funnels/funnels.ts';
import type { FunnelImport } from '../services/funnels/import.ts';
import { refusals } from './answers.ts';
import type { App } from './routes.ts';

const importLimit_bytes = 4 * 1024 * 1024;
const firstPage = { limit: 200, cursor: null };

/** Funnels as a list: in their order, from and to files. */
export function funnelListRoutes(app: App, funnels: Funnels, intake: FunnelImport): void {
  const tags = ['funnels'];
  app.get(
    '/api/funnels',
    {
      schema: {
        tags,
        summary: 'Funnels in the order in which they are tried',
        querystring: funnelsQuery,
        response: { 200: funnelsAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { limit, cursor = null } = request.query;
      const { version, ...page } = await funnels.list({ limit, cursor });
      tag(reply, version);
      return { ...page, items: [...page.items] };
    },
  );
  app.put(
    '/api/funnels/order',
    {
      schema: {
        tags,
        summary: 'Try them in this order; If-Match takes the ETag of the list',
        body: orderBody,
        response: { 200: funnelsAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      await funnels.reorder(request.body.ids, versionAsked(request), actorOf(request));
      const { version, ...page } = await funnels.list(firstPage);
      tag(reply, version);
      return { ...page, items: [...page.items] };
    },
  );
  app.get(
    '/api/funnels/file',
    {
      schema: {
        tags,
        summary: 'All of them as a funnels file',
        response: { 200: funnelsFileAnswer, ...refusals },
      },
    },
    async (_request, reply) => {
      reply.header('content-disposition', 'attachment; filename="funnels.json"');
      return funnels.file();
    },
  );
  app.post(
    '/api/funnels/import',
    {
      bodyLimit: importLimit_bytes,
      config: { idempotent: true },
      schema: {
        tags,
        summary: 'Take in the array of a funnels file; one mistake refuses all',
        querystring: importQuery,
        body: funnelsBody,
        response: { 200: funnelsImported, ...refusals },
      },
    },
    (request) => intake.take(request.body, request.query.conflict, actorOf(request)),
  );
}

/** One funnel. */
export function funnelRoutes(app: App, funnels: Funnels): void {
  const tags = ['funnels'];
  app.post(
    '/api/funnels',
    {
      schema: {
        tags,
        summary: 'Add one in the file’s format',
        body: funnelBody,
        response: { 201: funnelDetail, ...refusals },
      },
    },
    async (request, reply) => {
      const made = await funnels.create(request.body, actorOf(request));
      tag(reply, made.version);
      reply.header('location', `/api/funnels/${made.id}`);
      return reply.code(201).send(made);
    },
  );
  app.get(
    '/api/funnels/:id',
    {
      schema: {
        tags,
        summary: 'One funnel, whole',
        params: funnelParams,
        response: { 200: funnelDetail, ...refusals },
      },
    },
    async (request, reply) => {
      const found = await funnels.get(request.params.id);
      tag(reply, found.version);
      return found;
    },
  );
  app.put(
    '/api/funnels/:id',
    {
      schema: {
        tags,
        summary: 'Change it; a field that is left out stays, null puts it back to its default',
        params: funnelParams,
        body: funnelBody,
        response: { 200: funnelDetail, ...refusals },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const version = versionAsked(request);
      const made = await funnels.update(id, request.body, version, actorOf(request));
      tag(reply, made.version);
      return made;
    },
  );
  app.put(
    '/api/funnels/:id/enabled',
    {
      schema: {
        tags,
        summary: 'Switch it on or off',
        params: funnelParams,
        body: enabledBody,
        response: { 200: funnelDetail, ...refusals },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const version = versionAsked(request);
      const made = await funnels.update(id, request.body, version, actorOf(request));
      tag(reply, made.version);
      return made;
    },
  );
  app.delete(
    '/api/funnels/:id',
    {
      schema: {
        tags,
        summary: 'Remove one',
        params: funnelParams,
        response: { 204: z.null(), ...refusals },
      },
    },
    async (request, reply) => {
      await funnels.remove(request.params.id, versionAsked(request), actorOf(request));
      return reply.code(204).send(null);
    },
  );
}
