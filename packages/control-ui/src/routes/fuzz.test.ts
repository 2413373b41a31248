import fc from 'fast-check';
import { expect, it } from 'vitest';
import { allRoutes } from '../testing/all-routes.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { fromSchema } from '../testing/from-schema.ts';
import { hostileText, hostileValue, spoilt } from '../testing/hostile.ts';

type Schema = Readonly<Record<string, never>>;

const token = 'feedfacecafebeef0123456789abcdef';
const url = 'https://m.test.lan/matomo.php';
const page = { type: 'pageview', url: 'https://shop.test/' };

/** Bodies that are right, by path: what a spoilt one is made of besides those out of the schemas. */
const right: Readonly<Record<string, unknown>> = {
  'POST /api/presets': { name: 'b', config: { concurrency: 3, seed: null } },
  'PUT /api/presets/{id}': { name: 'c', description: null, config: { pageviews_min: 2 } },
  'POST /api/presets/{id}/load': {},
  'POST /api/presets/built-in/{name}/load': {},
  'POST /api/funnels': { name: 'g', probability: 0.5, steps: [page, { ...page, title: 'Two' }] },
  'PUT /api/funnels/{id}': { priority: 2, steps: [page] },
  'PUT /api/funnels/{id}/enabled': { enabled: false },
  'PUT /api/funnels/order': { ids: [1] },
  'POST /api/funnels/import': [{ name: 'h', probability: 0.5, steps: [page] }],
  'PUT /api/urls': { content: 'https://a.test/x\tTitle\nhttps://a.test/y' },
  'POST /api/urls': { content: 'https://a.test/z' },
  'POST /api/urls/validate': { content: 'https://a.test/x' },
  'PUT /api/events': { config: { click_events: [{ category: 'a', action: 'b', value: 1 }] } },
  'POST /api/events': { content: '{"random_events":[{"category":"a","action":"b"}]}' },
  'POST /api/events/validate': { config: {} },
  'POST /api/events/{list}': { category: 'a', action: 'b', name: 'c', value: 2, weight: 3 },
  'PUT /api/events/{list}/{position}': { category: 'a', action: 'b' },
  'PUT /api/campaigns': { config: [{ name: 'spring', weight: 2, landing_page: '/sale' }] },
  'PUT /api/targets': { targets: [{ name: 'a', url, site_id: 1 }], strategy: 'mirror' },
  'POST /api/targets': { name: 'b', url: 'https://b.test.lan', site_id: 2, delivery: 'bulk' },
  'PUT /api/targets/{name}': { weight: 3, url, features: { countries: false } },
  'PUT /api/preferences': { values: { theme: 'dark' } },
  'POST /api/import': {
    export: {
      format: 'trafficinator-export/1',
      presets: [{ name: 'p', description: '', settings: { concurrency: 2 } }],
      funnels: [{ name: 'q', probability: 0.1, steps: [page] }],
      documents: { urls: 'https://a.test/x', events: '{}', campaigns: 'a' },
      settings: { values: { seed: 1 }, preset: null, targets: [{ name: 'a', url, site_id: 1 }] },
      preferences: { a: 1 },
    },
    conflict: 'rename',
  },
  'POST /api/config/apply': { config: { concurrency: 5 }, preset: 'x' },
  'POST /api/validate': { config: { concurrency: 5 } },
};

/** All that is kept for users. */
async function keptIn({ store }: TestApp): Promise<string> {
  const kinds = ['urls', 'events', 'journeys', 'campaigns'] as const;
  return JSON.stringify(
    await Promise.all([
      store.presets.all(),
      store.funnels.all(),
      // A start that fails puts the settings back, as a new version.
      store.settings.get().then(({ values, preset }) => [values, preset]),
      store.preferences.get(1),
      ...kinds.map((kind) => store.documents.get(kind)),
    ]),
  );
}

async function prepared(): Promise<TestApp> {
  const app = await testApp();
  const { ask, store } = app;
  const list = [{ name: 'a', url, site_id: 1, token_auth: token }];
  await store.settings.put({ targets: JSON.stringify(list) }, null, null);
  await ask('POST', '/api/presets', { body: { name: 'a', from: 'saved', with_secrets: true } });
  await ask('POST', '/api/funnels', { body: { name: 'f', probability: 0.5, steps: [page] } });
  return app;
}

/** Answers of what these tests leave out: an engine, and a loader's program. */
const withoutLoaders = /^(engine_|command_|commands_|start_failed)/;

it('never fails of a body, and keeps nothing of what it refused', async () => {
  const { app } = await testApp();
  const document = (await app.inject('/openapi.json')).json() as Schema;
  const writes = allRoutes(app).filter((route) => /^(POST|PUT) \/api\//.test(route));
  expect(writes).toEqual(expect.arrayContaining(Object.keys(right)));
  for (const route of writes) await fuzz(await prepared(), document, route);
});

async function fuzz(app: TestApp, document: Schema, route: string): Promise<void> {
  const [method = '', path = ''] = route.split(' ');
  const operation = (document.paths?.[path] as Schema | undefined)?.[method.toLowerCase()] as
    | { requestBody?: { content: Record<string, { schema: unknown }> } }
    | undefined;
  const schema = operation?.requestBody?.content['application/json']?.schema;
  const described = fromSchema(schema ?? {}, document);
  const given = Object.hasOwn(right, route) ? fc.constant(right[route]) : described;
  const steps = fc.array(fc.nat(7), { minLength: 1, maxLength: 6 });
  const body = fc.oneof(
    described.map((value) => JSON.stringify(value) ?? ''),
    fc
      .tuple(fc.oneof(given, described), steps, hostileValue)
      .map(([value, way, by]) => JSON.stringify(spoilt(value, way, by)) ?? ''),
    { arbitrary: hostileText, weight: 1 },
  );
  const target = path
    .replace('{list}', 'click_events')
    .replace('{position}', '0')
    .replace('built-in/{name}', 'built-in/light')
    .replace('{name}', 'a')
    .replace('{id}', '1');
  const send = (text: string) =>
    app.ask(method as 'POST', target, {
      body: text,
      headers: { 'if-match': '*' },
      // Another client each time, or the limits would answer.
      from: `10.${asked >> 8}.${asked++ & 255}.1`,
    });
  let asked = 0;
  if (Object.hasOwn(right, route)) {
    const { statusCode } = await send(JSON.stringify(right[route]));
    expect([route, statusCode < 300]).toEqual([route, true]);
  }
  await fc.assert(
    fc.asyncProperty(body, async (text) => {
      const before = await keptIn(app);
      const answer = await send(text);
      const { statusCode } = answer;
      if (statusCode >= 500) expect(answer.json().code).toMatch(withoutLoaders);
      if (statusCode >= 400) expect(await keptIn(app)).toBe(before);
      expect(answer.body).not.toContain(token);
    }),
    { numRuns: 60 },
  );
}

it.each([
  '/api/presets/0',
  '/api/presets/-1',
  '/api/presets/1e3',
  '/api/presets/%00',
  '/api/presets/..%2f..%2fetc%2fpasswd',
  '/api/presets/9999999999999999999',
  '/api/presets/built-in/..%2f..%2f.env/load',
  '/api/targets/..',
  '/api/targets/%2e%2e%2fetc',
  '/api/targets/%ff',
  '/api/targets/__proto__',
  `/api/targets/${'x'.repeat(5_000)}`,
  '/api/events/__proto__',
  '/api/events/click_events/99999999999999999999',
  '/api/events/constructor/0',
  '/api/runs/..%2f..%2fx',
  '/api/presets?limit=0',
  '/api/presets?limit=201',
  '/api/presets?limit=',
  '/api/presets?limit=1&limit=2',
  '/api/urls/lines?from=0',
  '/api/urls/lines?limit=NaN',
  '/api/urls?__proto__[x]=1',
  '/api//presets',
])('answers %s with a refusal', async (address) => {
  const { ask } = await testApp();
  const { statusCode } = await ask('GET', address);
  expect([address, statusCode >= 400 && statusCode < 500]).toEqual([
    address,
    address !== '/api/urls?__proto__[x]=1',
  ]);
});

it('begins at no page for a cursor that is none', async () => {
  const { ask } = await prepared();
  for (const list of ['presets', 'funnels', 'audit', 'runs', 'events/click_events']) {
    for (const cursor of ['x', '-1', '1e999', '%00', '%F0%9F%A6%8A']) {
      const { statusCode } = await ask('GET', `/api/${list}?cursor=${cursor}`);
      expect([list, cursor, statusCode]).toEqual([list, cursor, 200]);
    }
  }
});
