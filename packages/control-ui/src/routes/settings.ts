import {
  applyBody,
  operationResult,
  settingsAnswer,
  validateBody,
  verdict,
} from '@trafficinator/contract/rest';
import { actorOf } from '../plugins/auth.ts';
import { tag, versionAsked } from '../plugins/etag.ts';
import { limited } from '../plugins/limits.ts';
import type { Operations } from '../services/operations.ts';
import { settingsForm } from '../services/settings-form.ts';
import { type SettingsService, verdictOf } from '../services/settings-service.ts';
import { refusals } from './answers.ts';
import type { App } from './routes.ts';

/** The list that makes the form, validation, and applying. */
export function settingsRoutes(app: App, settings: SettingsService, operations: Operations): void {
  app.get(
    '/api/settings',
    {
      schema: {
        tags: ['settings'],
        summary: 'Every setting there is, and the saved values',
        response: { 200: settingsAnswer, ...refusals },
      },
    },
    async (_request, reply) => {
      const kept = await settings.kept();
      tag(reply, kept.version);
      return settingsForm(kept);
    },
  );
  app.post(
    '/api/validate',
    {
      config: { access: 'viewer' },
      schema: {
        tags: ['settings'],
        summary: 'Judge settings by the loader’s own rules; saves nothing',
        body: validateBody,
        response: { 200: verdict, ...refusals },
      },
    },
    async (request) => {
      const { config, purpose } = request.body;
      const found = await settings.judge(config, { backfill: purpose === 'backfill' });
      return verdictOf(found.problems);
    },
  );
  app.post(
    '/api/config/apply',
    {
      config: { idempotent: true, ...limited('heavy') },
      schema: {
        tags: ['settings'],
        summary: 'Save settings; loaders that run are started again with them',
        body: applyBody,
        response: { 200: operationResult, ...refusals },
      },
    },
    (request) => {
      const { config, replace, restart, preset } = request.body;
      const version = request.headers['if-match'] === undefined ? null : versionAsked(request);
      return operations.apply(config, { replace, restart, preset, version }, actorOf(request));
    },
  );
}
