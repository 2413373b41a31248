import { expect, it } from 'vitest';
import type { Run, SeriesPoint } from '../../ports/store/runs.ts';
import { dataFolder, filesWith } from '../../testing/data-folder.ts';
import { roomsIn } from '../../testing/open-rooms.ts';
import { AuditRows } from './audit.ts';
import { openFile } from './connection.ts';
import { databaseFileOf } from './database.ts';

const at = (minutes: number): string =>
  new Date(Date.parse('2026-05-01T12:00:00.000Z') + minutes * 60_000).toISOString();
const run = (n: number, kind: Run['kind'] = 'live'): Run => ({
  id: `run-${String(n).padStart(12, 'a')}`,
  kind,
  name: null,
  instances: ['loader'],
  started_by: 'ci',
  started_at: at(n),
  ended_at: null,
  end: null,
  reason: null,
  settings: { concurrency: 5 },
  preset: 'light',
  result: null,
});
const point = (at_seconds: number, accepted = 1): SeriesPoint => ({
  at_seconds,
  seconds: 10,
  visits: 1,
  planned_visits: 1.5,
  accepted,
  rejected: 0,
  failed: 0,
  unknown: 0,
  dropped: 0,
  in_flight: 2,
  p50_ms: 20,
  p95_ms: 40,
  p99_ms: null,
  lateness_p95_ms: null,
});
const page = { limit: 2, cursor: null };

it('keeps runs with what became of them', () => {
  const { runs } = roomsIn(dataFolder());
  runs.begin(run(1));
  runs.begin(run(2, 'backfill'));
  runs.begin(run(3));
  expect(runs.get(run(1).id)).toEqual(run(1));
  expect(() => runs.begin(run(1))).toThrow('already');
  runs.progress(run(1).id, { visits: 3 });
  runs.finish(run(1).id, 'stopped', 'Somebody stopped it.', at(9), null);
  const ended = { end: 'stopped', reason: 'Somebody stopped it.', ended_at: at(9) };
  expect(runs.get(run(1).id)).toEqual({ ...run(1), ...ended, result: { visits: 3 } });
  expect(runs.open().map(({ id }) => id)).toEqual([run(2).id, run(3).id]);
  const live = runs.list({ limit: 1, cursor: null }, 'live');
  expect([live.items.map(({ id }) => id), live.total]).toEqual([[run(3).id], 2]);
  const rest = runs.list({ limit: 5, cursor: live.next }, 'live');
  expect([rest.items.map(({ id }) => id), rest.next]).toEqual([[run(1).id], null]);
  expect(runs.list(page, null).total).toBe(3);
  runs.remove(run(1).id);
  expect(runs.get(run(1).id)).toBeNull();
  expect(() => runs.finish(run(1).id, 'lost', null, at(9), null)).toThrow('There is no run');
});

it('never keeps a secret of a run', () => {
  const { runs } = roomsIn(dataFolder());
  runs.begin({ ...run(1), settings: { matomo_token_auth: 'abc', targets: '[]', concurrency: 5 } });
  expect(runs.get(run(1).id)?.settings).toEqual({
    matomo_token_auth: '***',
    targets: '***',
    concurrency: 5,
  });
});

it('keeps a series, merges a bucket that comes twice, and lets it go with its run', () => {
  const { runs } = roomsIn(dataFolder());
  const { id } = run(1);
  runs.begin(run(1));
  runs.append(id, [point(100), point(110)]);
  runs.append(id, [{ ...point(110), seconds: 4 }, point(120)]);
  const series = runs.series(id, 0, 1_000, 100);
  expect(series.map(({ at_seconds, visits, seconds }) => [at_seconds, visits, seconds])).toEqual([
    [100, 1, 10],
    [110, 2, 10],
    [120, 1, 10],
  ]);
  expect(series[0]).toEqual(point(100));
  expect(runs.series(id, 110, 120, 100)).toHaveLength(1);
  expect(() => runs.append('run-none', [point(1)])).toThrow('There is no run');
  runs.remove(id);
  runs.begin(run(1));
  expect(runs.series(id, 0, 1_000, 100)).toEqual([]);
});

it('keeps 2,000 points of a run at most, and every count', () => {
  const folder = dataFolder();
  const { runs } = roomsIn(folder);
  const { id } = run(1);
  runs.begin(run(1));
  const begin = 1_750_000_000;
  const all = Array.from({ length: 9_000 }, (_, n) => point(begin + n * 10));
  for (let n = 0; n < all.length; n += 450) runs.append(id, all.slice(n, n + 450));
  const stored = runs.series(id, 0, Number.MAX_SAFE_INTEGER, 1_000_000);
  expect(stored.length).toBeLessThanOrEqual(2_000);
  expect(stored.length).toBeGreaterThan(1_000);
  const sum = (points: readonly SeriesPoint[], name: 'visits' | 'planned_visits' | 'seconds') =>
    points.reduce((total, each) => total + each[name], 0);
  expect([sum(stored, 'visits'), sum(stored, 'planned_visits'), sum(stored, 'seconds')]).toEqual([
    9_000, 13_500, 90_000,
  ]);
  for (const most of [1, 2, 7, 60, 500]) {
    const shown = runs.series(id, 0, Number.MAX_SAFE_INTEGER, most);
    expect(shown.length).toBeLessThanOrEqual(most);
    expect(sum(shown, 'visits')).toBe(9_000);
  }
});

it('keeps keys and sessions; a revoked key opens nothing', () => {
  const { access } = roomsIn(dataFolder());
  const ci = access.addKey('ci', 'operator', 'hash-1');
  expect(ci).toMatchObject({ id: 1, name: 'ci', role: 'operator', revoked_at: null });
  expect(() => access.addKey('ci', 'viewer', 'hash-2')).toThrow('named “ci” already');
  expect(access.keyByHash('hash-1')).toEqual(ci);
  access.addSession('session', ci.id, at(60));
  expect(access.sessionByHash('session', at(59))).toEqual({ key: ci, expires_at: at(60) });
  expect(access.sessionByHash('session', at(60))).toBeNull();
  access.touchKey(ci.id, at(1));
  access.touchKey(ci.id, at(1.5));
  expect(access.keys()[0]?.last_used_at).toBe(at(1));
  access.touchKey(ci.id, at(2));
  expect(access.keys()[0]?.last_used_at).toBe(at(2));
  access.revokeKey('ci');
  expect(() => access.revokeKey('ci')).toThrow('There is no key');
  expect([access.keyByHash('hash-1'), access.sessionByHash('session', at(1))]).toEqual([
    null,
    null,
  ]);
  expect(access.addKey('ci', 'viewer', 'hash-3').id).toBe(2);
  expect(access.keys().map(({ revoked_at }) => revoked_at !== null)).toEqual([true, false]);
});

it('drops sessions that have expired', () => {
  const { access } = roomsIn(dataFolder());
  const { id } = access.addKey('ci', 'operator', 'hash-1');
  access.addSession('old', id, at(-1));
  access.addSession('new', id, at(600));
  expect(access.sessionByHash('old', at(-5))).toBeNull();
  access.removeSession('new');
  expect(access.sessionByHash('new', at(1))).toBeNull();
});

it('keeps the audit trail, newest first, and its last entries only', () => {
  const folder = dataFolder();
  const { audit } = roomsIn(folder);
  const entry = {
    at: at(0),
    actor: 'ci',
    address: '127.0.0.1',
    action: 'loader.start',
    subject: null,
    outcome: 'done',
    detail: { grace_seconds: 3 },
  } as const;
  audit.append(entry);
  audit.append({ ...entry, action: 'loader.stop', subject: 'loader' });
  const { items, total } = audit.list(page);
  expect([items.map(({ action }) => action), total]).toEqual([['loader.stop', 'loader.start'], 2]);
  expect(items[1]).toEqual({ ...entry, id: 1 });
  const db = openFile(databaseFileOf(folder));
  const short = new AuditRows(db, 3);
  for (let n = 0; n < 10; n++) short.append(entry);
  db.close();
  expect(audit.list({ limit: 9, cursor: null }).items.map(({ id }) => id)).toEqual([12, 11, 10]);
});

it('answers a request that comes again as it did at first', () => {
  const folder = dataFolder();
  const { idempotency } = roomsIn(folder);
  const body = '{"key":"trf_once"}';
  expect(idempotency.begin('k', 'f', at(0))).toEqual({ kind: 'fresh' });
  expect(idempotency.begin('k', 'f', at(1))).toEqual({ kind: 'running' });
  idempotency.complete('k', 201, body);
  expect(idempotency.begin('k', 'f', at(2))).toEqual({ kind: 'done', status: 201, body });
  expect(idempotency.begin('k', 'g', at(2))).toEqual({ kind: 'mismatch' });
  expect(filesWith(folder, 'trf_once')).toEqual([]);
  expect(idempotency.begin('k', 'f', at(24 * 60))).toEqual({ kind: 'fresh' });
});

it('lets a request come again that failed, or was given up', () => {
  const { idempotency } = roomsIn(dataFolder());
  idempotency.begin('k', 'f', at(0));
  idempotency.forget('k');
  expect(idempotency.begin('k', 'f', at(0))).toEqual({ kind: 'fresh' });
  expect(idempotency.begin('k', 'f', at(4))).toEqual({ kind: 'running' });
  expect(idempotency.begin('k', 'f', at(5))).toEqual({ kind: 'fresh' });
});

it('keeps preferences of each key', () => {
  const { access, preferences } = roomsIn(dataFolder());
  const { id } = access.addKey('ci', 'viewer', 'hash');
  expect(preferences.get(id)).toEqual({ values: null, version: 0 });
  expect(preferences.put(id, { theme: 'dark' }, 0)).toEqual({ version: 1 });
  expect(() => preferences.put(id, {}, 0)).toThrow('edited meanwhile');
  expect(preferences.get(id)).toEqual({ values: { theme: 'dark' }, version: 1 });
});
