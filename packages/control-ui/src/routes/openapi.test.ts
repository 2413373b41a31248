import { expect, it } from 'vitest';
import { allRoutes } from '../testing/all-routes.ts';
import { testApp } from '../testing/app.ts';

/** What anybody may ask. */
const open = ['GET /openapi.json', 'GET /health', 'GET /ready', 'POST /api/session'];
/** What saves nothing of others, so that whoever may read may ask it. */
const forViewers = [
  'POST /api/validate',
  'POST /api/urls/validate',
  'POST /api/events/validate',
  'POST /api/backfill/forecast',
  'POST /api/plan',
  'PUT /api/preferences',
  'DELETE /api/session',
];

const filled = (route: string) => {
  const [method = '', path = ''] = route.split(' ');
  const url = path.replaceAll('{list}', 'click_events').replace(/\{\w+\}/g, '1');
  return [method as 'GET' | 'POST' | 'PUT' | 'DELETE', url] as const;
};

it('describes every route, and each of them whole', async () => {
  const { app, api } = await testApp();
  const routes = allRoutes(app).filter((route) => route !== 'GET /openapi.json');
  expect(routes.length).toBeGreaterThan(50);
  expect([...api.operations].toSorted()).toEqual(routes.toSorted());
  const document = (await app.inject('/openapi.json')).json();
  expect(document.openapi).toBe('3.1.0');
  for (const [path, methods] of Object.entries<Record<string, never>>(document.paths)) {
    for (const [method, operation] of Object.entries<Record<string, object>>(methods)) {
      const { summary, tags, responses = {} } = operation;
      expect([method, path, summary, tags]).toEqual([
        method,
        path,
        expect.any(String),
        [expect.any(String)],
      ]);
      expect(Object.keys(responses)).toContain('4XX');
    }
  }
});

it('asks for a key everywhere, and for an operator’s wherever something changes', async () => {
  const { app, ask } = await testApp();
  for (const route of allRoutes(app).filter((each) => !open.includes(each))) {
    const [method, url] = filled(route);
    const stranger = await ask(method, url, { as: null });
    expect([route, stranger.statusCode]).toEqual([route, 401]);
    if (method === 'GET' || forViewers.includes(route)) continue;
    const viewer = await ask(method, url, { as: 'viewer', body: {} });
    expect([route, viewer.statusCode, viewer.json().code]).toEqual([route, 403, 'role_too_low']);
  }
});

it('takes bodies as JSON only, and tells what it cannot read', async () => {
  const { app, ask } = await testApp();
  const writes = allRoutes(app).filter((route) => /^(POST|PUT) \/api/.test(route));
  for (const route of writes) {
    const [method, url] = filled(route);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const other = await ask(method, url, { body: 'a=b', headers: form });
    expect([route, other.statusCode]).toEqual([route, 415]);
    const broken = await ask(method, url, { body: '{"a":' });
    expect([route, broken.statusCode]).toEqual([route, 400]);
  }
});

it('takes no edit of what somebody may have edited since, unless it says which', async () => {
  const { ask } = await testApp();
  const edits = [
    ['PUT', '/api/presets/1', {}],
    ['DELETE', '/api/presets/1', undefined],
    ['PUT', '/api/funnels/1', {}],
    ['PUT', '/api/funnels/1/enabled', { enabled: true }],
    ['DELETE', '/api/funnels/1', undefined],
    ['PUT', '/api/funnels/order', { ids: [] }],
    ['PUT', '/api/urls', { content: '' }],
    ['DELETE', '/api/urls', undefined],
    ['PUT', '/api/events', { content: '{}' }],
    ['DELETE', '/api/events', undefined],
    ['PUT', '/api/events/click_events/0', {}],
    ['DELETE', '/api/events/click_events/0', undefined],
    ['PUT', '/api/campaigns', { content: 'a' }],
    ['DELETE', '/api/campaigns', undefined],
    ['PUT', '/api/targets', { targets: [] }],
    ['PUT', '/api/targets/a', {}],
    ['DELETE', '/api/targets/a', undefined],
    ['PUT', '/api/preferences', { values: {} }],
  ] as const;
  for (const [method, url, body] of edits) {
    const answer = await ask(method, url, { body });
    expect([method, url, answer.statusCode]).toEqual([method, url, 428]);
    const odd = await ask(method, url, { body, headers: { 'if-match': 'yesterday' } });
    expect([method, url, odd.statusCode]).toEqual([method, url, 412]);
  }
});
