import { expect, it } from 'vitest';
import { StoreError } from '../ports/store/kept.ts';
import { testApp } from '../testing/app.ts';
import type { TestGround } from '../testing/ground.ts';
import { sqliteStore } from '../testing/sqlite-store.ts';

const token = 'feedfacecafebeef0123456789abcdef';
const any = { 'if-match': '*' };
const page = { type: 'pageview', url: 'https://shop.test/' };
const funnel = (name: string) => ({ name, probability: 0.5, steps: [page] });

/** An app with one of everything. */
async function full(open: () => Partial<TestGround> = () => ({})) {
  const app = await testApp(open());
  const { ask, store } = app;
  const list = [{ name: 'a', url: 'https://a.test.lan', site_id: 1, token_auth: token }];
  const values = { targets: JSON.stringify(list), concurrency: 9 };
  await store.settings.put(values, null, null);
  const body = { name: 'mine', from: 'saved', with_secrets: true };
  await ask('POST', '/api/presets', { body });
  await ask('POST', '/api/funnels', { body: funnel('f') });
  await ask('POST', '/api/urls', { body: { content: 'https://a.test/x' } });
  await ask('PUT', '/api/campaigns', { body: { content: 'spring' }, headers: any });
  await ask('PUT', '/api/preferences', { body: { values: { theme: 'dark' } }, headers: any });
  return app;
}

it.each([
  ['in memory', () => ({})],
  ['in SQLite', () => ({ store: sqliteStore() })],
])('gives everything but secrets, and takes it in elsewhere, %s', async (_name, open) => {
  const from = await full(open);
  const file = await from.ask('GET', '/api/export');
  expect(file.body).not.toContain(token);
  expect(file.json()).toMatchObject({
    format: 'trafficinator-export/1',
    presets: [{ name: 'mine', settings: { concurrency: 9 } }],
    funnels: [{ name: 'f' }],
    documents: { urls: 'https://a.test/x', campaigns: 'spring' },
    settings: { values: { concurrency: 9 }, targets: [{ name: 'a' }] },
    preferences: { theme: 'dark' },
  });
  const to = await testApp(open());
  const dry = await to.ask('POST', '/api/import', { body: { export: file.json(), dry_run: true } });
  expect(dry.json()).toMatchObject({ dry_run: true, message: '6 created; nothing was written.' });
  expect((await to.ask('GET', '/api/presets')).json().total).toBe(0);
  await to.ask('POST', '/api/import', { body: { export: file.json() } });
  const again = (await to.ask('GET', '/api/export')).json();
  expect(again).toEqual(file.json());
});

it('keeps the tokens that are there for their addresses', async () => {
  const { ask, store } = await full();
  const file = (await ask('GET', '/api/export')).json();
  await ask('POST', '/api/import', { body: { export: file, conflict: 'replace' } });
  expect(String((await store.settings.get()).values.targets)).toContain(token);
  expect((await store.presets.byName('mine'))?.settings.targets).toContain(token);
  file.settings.targets[0].url = 'https://elsewhere.test.lan';
  await ask('POST', '/api/import', { body: { export: file, conflict: 'replace' } });
  expect(String((await store.settings.get()).values.targets)).not.toContain(token);
});

it.each([
  ['skip', 'skipped', 1, 'skipped'],
  ['replace', 'replaced', 1, 'replaced'],
  ['rename', 'renamed', 2, 'skipped'],
] as const)('with conflict %s', async (conflict, action, total, once) => {
  const { ask } = await full();
  const file = (await ask('GET', '/api/export')).json();
  const answer = (await ask('POST', '/api/import', { body: { export: file, conflict } })).json();
  const done = answer.items.map((item: Record<string, string>) => [item.kind, item.action]);
  expect(done).toEqual([
    ['preset', action],
    ['funnel', action],
    ['document', once],
    ['document', once],
    ['settings', once],
    ['preferences', once],
  ]);
  expect((await ask('GET', '/api/funnels')).json().total).toBe(total);
});

const wrong = {
  format: 'trafficinator-export/1',
  presets: [
    { name: 'good', settings: { concurrency: 3 } },
    { name: 'bad', settings: { concurrency: -1 } },
  ],
  funnels: [{ ...funnel('worse'), steps: [{ type: 'event' }] }],
  documents: { urls: 'nowhere', journeys: '[]' },
  settings: { values: { pageviews_min: 'many' } },
  preferences: { text: 'x'.repeat(70_000) },
};

it('imports nothing when something is wrong, and says what', async () => {
  const { ask, store } = await testApp();
  const answer = await ask('POST', '/api/import', { body: { export: wrong } });
  expect(answer.statusCode).toBe(422);
  const pointers = answer.json().errors.map(({ pointer }: { pointer: string }) => pointer);
  expect(pointers).toEqual(
    expect.arrayContaining([
      '/export/presets/1/settings/concurrency',
      '/export/funnels/0/steps/0/type',
      '/export/documents/urls',
      '/export/settings/values/pageviews_min',
      '/export/preferences',
    ]),
  );
  expect(await store.presets.all()).toEqual([]);
});

it('leaves out what is wrong when it may', async () => {
  const { ask, store } = await testApp();
  const answer = await ask('POST', '/api/import', { body: { export: wrong, partial: true } });
  expect(answer.json().message).toMatch(/1 created, \d refused/);
  expect((await store.presets.all()).map(({ name }) => name)).toEqual(['good']);
  expect((await store.settings.get()).values).toEqual({});
});

it('takes everything back when the disk fails half-way', async () => {
  const { ask, store } = await full();
  const before = (await ask('GET', '/api/export')).json();
  const file = structuredClone(before);
  file.presets[0].description = 'Other';
  file.presets.push({ name: 'new', description: '', settings: {} });
  store.documents.put = async () => {
    throw new StoreError('store_unusable', 'The disk is full.');
  };
  const answer = await ask('POST', '/api/import', { body: { export: file, conflict: 'replace' } });
  expect(answer.statusCode).toBe(503);
  expect((await ask('GET', '/api/export')).json()).toEqual(before);
  expect((await store.presets.byName('mine'))?.settings.targets).toContain(token);
});

it('knows its own format only', async () => {
  const { ask } = await testApp();
  for (const file of [{ format: 'trafficinator-export/2' }, {}, { ...wrong, more: 1 }]) {
    expect((await ask('POST', '/api/import', { body: { export: file } })).statusCode).toBe(422);
  }
});
