import { envText } from '@trafficinator/contract';
import {
  builtInParams,
  idParams,
  loadAnswer,
  loadBody,
  presetBody,
  presetDetail,
  presetEdit,
  presetsAnswer,
  presetsQuery,
} from '@trafficinator/contract/rest';
import { z } from 'zod';
import { actorOf } from '../plugins/auth.ts';
import { tag, versionAsked } from '../plugins/etag.ts';
import type { Preset } from '../ports/store/material.ts';
import { maskedValues } from '../services/fleet/settings-in-force.ts';
import { type Presets, problemsOf } from '../services/presets/presets.ts';
import { refusals, textAnswer } from './answers.ts';
import type { App } from './routes.ts';

/** Settings under a name: kept, shown masked, loaded. */
export function presetRoutes(app: App, presets: Presets): void {
  const tags = ['presets'];
  app.get(
    '/api/presets',
    {
      schema: {
        tags,
        summary: 'Own presets, the newest first, and the built-in ones',
        querystring: presetsQuery,
        response: { 200: presetsAnswer, ...refusals },
      },
    },
    async (request) => {
      const { limit, cursor = null } = request.query;
      const page = await presets.list({ limit, cursor });
      return { ...page, items: page.items.map(detailOf), built_in: [...presets.built_in] };
    },
  );
  app.post(
    '/api/presets',
    {
      schema: {
        tags,
        summary: 'Keep settings under a name; those of the body, or the saved ones',
        body: presetBody,
        response: { 201: presetDetail, ...refusals },
      },
    },
    async (request, reply) => {
      const made = await presets.create(request.body, actorOf(request));
      tag(reply, made.version);
      reply.header('location', `/api/presets/${made.id}`);
      return reply.code(201).send(detailOf(made));
    },
  );
  app.get(
    '/api/presets/:id',
    {
      schema: {
        tags,
        summary: 'One preset with its settings',
        params: idParams,
        response: { 200: presetDetail, ...refusals },
      },
    },
    async (request, reply) => {
      const found = await presets.get(request.params.id);
      tag(reply, found.version);
      return detailOf(found);
    },
  );
  app.put(
    '/api/presets/:id',
    {
      schema: {
        tags,
        summary: 'Change what is given; description null clears it',
        params: idParams,
        body: presetEdit,
        response: { 200: presetDetail, ...refusals },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const version = versionAsked(request);
      const made = await presets.update(id, request.body, version, actorOf(request));
      tag(reply, made.version);
      return detailOf(made);
    },
  );
  app.delete(
    '/api/presets/:id',
    {
      schema: {
        tags,
        summary: 'Remove one',
        params: idParams,
        response: { 204: z.null(), ...refusals },
      },
    },
    async (request, reply) => {
      await presets.remove(request.params.id, versionAsked(request), actorOf(request));
      return reply.code(204).send(null);
    },
  );
  app.get(
    '/api/presets/:id/env',
    {
      schema: {
        tags,
        summary: 'Its settings as a .env file, without secrets',
        produces: ['text/plain'],
        params: idParams,
        response: { 200: z.string(), ...refusals },
      },
    },
    async (request, reply) => {
      const { name, settings } = await presets.get(request.params.id);
      textAnswer(reply, `preset-${request.params.id}.env`);
      return reply.send(envText(name, settings));
    },
  );
  app.post(
    '/api/presets/:id/load',
    {
      config: { idempotent: true },
      schema: {
        tags,
        summary: 'Save its settings as those of the next start; target and tokens stay',
        params: idParams,
        body: loadBody,
        response: { 200: loadAnswer, ...refusals },
      },
    },
    (request) => presets.load(request.params.id, request.body, actorOf(request)),
  );
  app.post(
    '/api/presets/built-in/:name/load',
    {
      config: { idempotent: true },
      schema: {
        tags,
        summary: 'The same with a built-in preset',
        params: builtInParams,
        body: loadBody,
        response: { 200: loadAnswer, ...refusals },
      },
    },
    (request) => presets.loadBuiltIn(request.params.name, request.body, actorOf(request)),
  );
}

function detailOf(preset: Preset) {
  const problems = problemsOf(preset.settings);
  return {
    ...preset,
    settings: { ...maskedValues(preset.settings) },
    valid: problems.length === 0,
    problems,
  };
}
