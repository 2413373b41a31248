import { describe, expect, it } from 'vitest';
import { StoreError } from '../ports/store/kept.ts';
import type { Store } from '../ports/store/store.ts';
import { memoryStore } from './memory-store.ts';
import { sqliteStore } from './sqlite-store.ts';
import { StillClock } from './still-clock.ts';

const token = 'feedfacecafebeef0123456789abcdef';
const at = '2026-05-01T12:00:00.000Z';
const later = '2026-05-03T12:00:00.000Z';
const preset = (name: string, with_secrets = false) => ({
  name,
  description: '',
  settings: { matomo_url: 'https://m.test.lan', matomo_token_auth: token },
  with_secrets,
});
const funnel = (name: string, priority: number) => ({
  name,
  priority,
  enabled: true,
  funnel: { name, steps: [] },
});
const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'none',
    (error: unknown) => (error instanceof StoreError ? error.code : String(error)),
  );

describe.each([
  ['in memory', (): Store => memoryStore(new StillClock().iso)],
  ['in SQLite', sqliteStore],
])('a store %s', (_name, open) => {
  it('keeps rows with versions, unique names and pages', async () => {
    const { presets, funnels } = open();
    const made = await presets.create(preset('a'));
    expect(made).toMatchObject({ id: 1, version: 1, name: 'a', with_secrets: false });
    expect(made.settings).toEqual({ matomo_url: 'https://m.test.lan' });
    const sealed = await presets.create(preset('b', true));
    expect(sealed.settings).toMatchObject({ matomo_token_auth: token });
    expect(await codeOf(presets.create(preset('a')))).toBe('name_taken');
    expect(await codeOf(presets.update(2, preset('a'), null))).toBe('name_taken');
    expect((await presets.update(1, preset('c'), 1)).version).toBe(2);
    expect(await codeOf(presets.update(1, preset('d'), 1))).toBe('edited_meanwhile');
    expect(await codeOf(presets.remove(9, null))).toBe('not_found');
    expect(await presets.byName('a')).toBeNull();
    for (const [at_, name] of ['x', 'y', 'z'].entries())
      await funnels.create(funnel(name, 2 - at_));
    expect((await funnels.all()).map(({ name }) => name)).toEqual(['z', 'y', 'x']);
    const first = await funnels.list({ limit: 2, cursor: null });
    expect([first.items.map(({ name }) => name), first.total]).toEqual([['z', 'y'], 3]);
    const second = await funnels.list({ limit: 2, cursor: first.next });
    expect([second.items.map(({ name }) => name), second.next]).toEqual([['x'], null]);
    expect((await funnels.get(1))?.funnel).toMatchObject({ priority: 2, enabled: true });
  });

  it('keeps documents, settings and preferences with versions', async () => {
    const { documents, settings, preferences, access } = open();
    expect(await documents.get('urls')).toBeNull();
    expect((await documents.put('urls', 'a', null)).version).toBe(1);
    expect(await codeOf(documents.put('urls', 'b', 0))).toBe('edited_meanwhile');
    await documents.clear('urls', 1);
    expect(await documents.get('urls')).toBeNull();
    await documents.clear('urls', 7);
    expect((await documents.put('urls', 'c', null)).version).toBe(3);
    expect(await settings.get()).toMatchObject({ values: {}, preset: null, version: 1 });
    await settings.put({ matomo_url: 'https://m.test.lan', matomo_token_auth: token }, 'a', 1);
    expect(await settings.get()).toMatchObject({
      values: { matomo_token_auth: token },
      preset: 'a',
      version: 2,
    });
    expect(await codeOf(settings.put({}, null, 1))).toBe('edited_meanwhile');
    await access.addKey('k', 'viewer', 'hash');
    expect(await preferences.get(1)).toEqual({ values: null, version: 0 });
    expect(await preferences.put(1, { a: 1 }, 0)).toEqual({ version: 1 });
    expect(await codeOf(preferences.put(1, {}, 0))).toBe('edited_meanwhile');
  });

  it('keeps keys, sessions, requests and the trail', async () => {
    const { access, idempotency, audit } = open();
    const key = await access.addKey('k', 'viewer', 'hash');
    expect(await codeOf(access.addKey('k', 'viewer', 'other'))).toBe('name_taken');
    await access.addSession('session', key.id, later);
    expect((await access.sessionByHash('session', at))?.key.name).toBe('k');
    expect(await access.sessionByHash('session', later)).toBeNull();
    await access.revokeKey('k');
    expect([await access.keyByHash('hash'), await access.sessionByHash('session', at)]).toEqual([
      null,
      null,
    ]);
    expect(await codeOf(access.revokeKey('k'))).toBe('not_found');
    expect(await idempotency.begin('i', 'f', at)).toEqual({ kind: 'fresh' });
    expect(await idempotency.begin('i', 'f', at)).toEqual({ kind: 'running' });
    expect(await idempotency.begin('i', 'g', at)).toEqual({ kind: 'mismatch' });
    await idempotency.complete('i', 201, '{}');
    const done = { kind: 'done', status: 201, body: '{}' };
    expect(await idempotency.begin('i', 'f', at)).toEqual(done);
    expect(await idempotency.begin('i', 'f', later)).toEqual({ kind: 'fresh' });
    const entry = { at, actor: 'k', address: '::1', subject: null, detail: {} };
    for (const action of ['a', 'b']) await audit.append({ ...entry, action, outcome: 'done' });
    const { items, total } = await audit.list({ limit: 1, cursor: null });
    expect([items.map(({ action }) => action), total]).toEqual([['b'], 2]);
  });

  it('keeps runs and their points', async () => {
    const { runs } = open();
    const run = {
      kind: 'live' as const,
      name: null,
      instances: ['loader-1'],
      started_by: 'k',
      started_at: at,
      ended_at: null,
      end: null,
      reason: null,
      settings: { seed: 1 },
      preset: null,
      result: null,
    };
    for (const id of ['run-a', 'run-b']) await runs.begin({ ...run, id });
    await runs.progress('run-a', { hits: 3 });
    await runs.finish('run-a', 'stopped', 'Asked to.', later, null);
    expect(await runs.get('run-a')).toMatchObject({ end: 'stopped', result: { hits: 3 } });
    expect((await runs.open()).map(({ id }) => id)).toEqual(['run-b']);
    const { items } = await runs.list({ limit: 1, cursor: null }, 'live');
    expect(items.map(({ id }) => id)).toEqual(['run-b']);
    expect((await runs.list({ limit: 9, cursor: null }, 'backfill')).total).toBe(0);
    await runs.remove('run-a');
    expect(await runs.get('run-a')).toBeNull();
  });
});
