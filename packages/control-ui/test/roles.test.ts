import { expect, it } from 'vitest';
import { addKey } from '../src/cli/keys.ts';
import { Client } from './client.ts';
import { ServiceProcess } from './service-process.ts';

/** What a viewer may ask for though it is no GET: it judges or shows, and changes nothing of the service. */
const viewersOwn = new Set([
  'POST /api/session',
  'DELETE /api/session',
  'POST /api/validate',
  'POST /api/urls/validate',
  'POST /api/events/validate',
  'POST /api/plan',
  'POST /api/backfill/forecast',
  'PUT /api/preferences',
]);
/** What anybody may ask for. */
const everybodys = new Set(['GET /health', 'GET /ready', 'POST /api/session']);

it('lets viewers look and operators act, on every route there is', async () => {
  const service = new ServiceProcess();
  await service.start();
  let viewer = '';
  addKey(`${service.folder}/control`, 'looks', 'viewer', (line) => {
    viewer = line;
  });
  const client = new Client(service.url);
  const { json } = await client.ask('GET', '/openapi.json');
  const routes = Object.entries(json.paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({
      route: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path: path.replaceAll(/\{[^}]+\}/g, '1'),
    })),
  );
  expect(routes.length).toBeGreaterThan(25);
  for (const { route, method, path } of routes) {
    if (route === 'GET /api/live') continue;
    const body = method === 'GET' || method === 'DELETE' ? undefined : {};
    const stranger = await client.ask(method, path, body);
    expect([route, stranger.status === 401], stranger.text).toEqual([
      route,
      !everybodys.has(route),
    ]);
    if (route === 'POST /api/session') continue;
    const looks = await client.ask(method, path, body, { 'x-api-key': viewer });
    expect([route, looks.status === 403], looks.text).toEqual([
      route,
      method !== 'GET' && !viewersOwn.has(route),
    ]);
    if (looks.status === 403) expect(looks.json.code).toBe('role_too_low');
  }
  const live = await client.ask('GET', '/api/live');
  expect(live.status).toBe(401);
});
