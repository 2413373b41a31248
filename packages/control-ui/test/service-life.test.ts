import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_TOKEN, type FakeMatomo, startFakeMatomo } from '@trafficinator/fake-matomo';
import { expect, it, onTestFinished } from 'vitest';
import { ServiceProcess } from './service-process.ts';

async function standIn(): Promise<FakeMatomo> {
  const matomo = await startFakeMatomo();
  onTestFinished(() => matomo.close());
  return matomo;
}

const target = (matomo: FakeMatomo) => ({
  matomo_url: matomo.tracker_url,
  matomo_token_auth: DEMO_TOKEN,
});

it('starts, watches, changes, restarts and stops a loader, and keeps the record', async () => {
  const matomo = await standIn();
  const service = new ServiceProcess();
  await service.start();
  expect(service.key).toMatch(/^trf_[A-Za-z0-9_-]{43}$/);

  const verdict = await service.ask('POST', '/api/validate', {
    config: { ...target(matomo), concurrency: 0 },
  });
  expect([verdict.status, verdict.json.valid, verdict.json.errors[0].fields]).toEqual([
    200,
    false,
    ['concurrency'],
  ]);

  const config = { ...target(matomo), target_visits_per_day: 864_000 };
  const started = await service.ask('POST', '/api/start', { config });
  expect([started.status, started.json]).toMatchObject([
    200,
    { message: 'The loader was started.' },
  ]);
  const running = await service.until(
    '/api/status',
    ({ visits, state }) => state === 'running' && visits.delivered >= 5,
  );
  const { hits } = running;
  expect(hits.planned).toBe(
    hits.accepted + hits.rejected + hits.failed + hits.unknown + hits.dropped + hits.pending,
  );
  expect(running.rate.planned_per_day).toBe(864_000);
  expect(running.settings.matomo_token_auth).toBe('***');

  const again = await service.ask('POST', '/api/start', {});
  expect(again.json.message).toMatch(/runs already/);
  const other = await service.ask('POST', '/api/start', { config: { concurrency: 9 } });
  expect([other.status, other.json.code]).toEqual([409, 'operation_under_way']);

  const applied = await service.ask('POST', '/api/config/apply', { config: { concurrency: 99 } });
  expect([applied.status, applied.json.message]).toEqual([200, 'The loader was restarted.']);
  const changed = await service.until(
    '/api/status',
    ({ state, hits }) => state === 'running' && hits.accepted > 0,
  );
  expect([changed.settings.concurrency, changed.settings.target_visits_per_day]).toEqual([
    99, 864_000,
  ]);

  // Each of the two loaders has told its settings.
  await service.until('/api/logs?lines=2000&filter=effective', ({ lines }) => lines.length >= 2);
  const logs = await service.ask('GET', '/api/logs?lines=2000&filter=effective');
  expect(logs.text).not.toContain(DEMO_TOKEN);

  const stopped = await service.ask('POST', '/api/stop');
  expect(stopped.status).toBe(200);
  const idle = await service.until('/api/status', ({ state }) => state === 'idle');
  expect(idle.loaders[0].process).toBe('exited');
  const runs = await service.until('/api/runs', ({ items }) =>
    items.every((run: { end: string }) => run.end !== null),
  );
  expect(runs.items.map(({ end }: { end: string }) => end)).toEqual(['stopped', 'stopped']);
  const [last] = runs.items;
  const run = await service.ask('GET', `/api/runs/${last.id}`);
  expect(run.json.result.hits.planned).toBeGreaterThan(0);
  expect(run.json.settings.matomo_token_auth).toBe('***');
  const compared = await service.ask('GET', `/api/runs/compare?a=${runs.items[1].id}&b=${last.id}`);
  expect(compared.json.settings).toEqual([{ name: 'concurrency', a: null, b: 99 }]);
  expect(matomo.stats().hits_recorded).toBeGreaterThan(0);
});

it('lets what ran before run on when new settings do not work', async () => {
  const matomo = await standIn();
  const service = new ServiceProcess();
  await service.start();
  await service.ask('POST', '/api/start', {
    config: { ...target(matomo), target_visits_per_day: 864_000 },
  });
  const bad = await service.ask('POST', '/api/config/apply', {
    config: { matomo_url: 'http://127.0.0.1:1/matomo.php' },
  });
  expect([bad.status, bad.json.code]).toEqual([502, 'apply_failed']);
  expect(bad.json.detail).toMatch(/What ran before runs again/);
  const status = await service.until('/api/status', ({ visits }) => visits.delivered >= 2);
  expect(status.settings.matomo_url).toBe(matomo.tracker_url);
  const wrong = await service.ask('POST', '/api/config/apply', {
    config: { concurrency: 0, timezone: 'Nowhere' },
  });
  expect(wrong.status).toBe(422);
  expect(wrong.json.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
    '/config/concurrency',
    '/config/timezone',
  ]);
  const after = await service.ask('GET', '/api/status');
  expect([after.json.state, after.json.run_id]).toEqual(['running', status.run_id]);
});

it('finds its loaders again after it was killed, and keeps no secret in the clear', async () => {
  const matomo = await standIn();
  const service = new ServiceProcess();
  await service.start();
  await service.ask('POST', '/api/start', {
    config: { ...target(matomo), target_visits_per_day: 864_000 },
  });
  const before = await service.until('/api/status', ({ visits }) => visits.delivered >= 2);
  await service.end('SIGKILL');
  await service.start();
  const after = await service.until(
    '/api/status',
    ({ visits }) => visits.delivered > before.visits.delivered,
  );
  expect([after.state, after.run_id, after.loaders[0].started_at]).toEqual([
    'running',
    before.run_id,
    before.loaders[0].started_at,
  ]);
  await service.ask('POST', '/api/stop');
  const ended = await service.until(`/api/runs/${before.run_id}`, ({ end }) => end !== null);
  expect(ended.end).toBe('stopped');

  const secrets = [DEMO_TOKEN, service.key];
  const exposed = filesBelow(service.folder).filter((path) => {
    // The loader has to read its token somewhere; the file is for its owner alone.
    if (path.endsWith('settings.json')) return (statSync(path).mode & 0o077) !== 0;
    const text = readFileSync(path, 'latin1');
    return secrets.some((secret) => text.includes(secret));
  });
  expect(exposed).toEqual([]);
  expect(service.log).not.toContain(DEMO_TOKEN);
});

it('runs a backfill to its end, and stops and goes on with another', async () => {
  const matomo = await standIn();
  const service = new ServiceProcess();
  await service.start({ MAX_BACKFILLS: '1' });
  const saved = await service.ask('POST', '/api/config/apply', { config: target(matomo) });
  expect(saved.status).toBe(200);
  const window = {
    backfill_days_back: 3,
    backfill_duration_days: 2,
    backfill_max_visits_per_day: 30,
  };
  const forecast = await service.ask('POST', '/api/backfill/forecast', { config: window });
  expect(forecast.status).toBe(200);
  const begun = await service.ask('POST', '/api/backfill/run', {
    name: 'two days',
    config: window,
  });
  expect(begun.status).toBe(201);
  const { id } = begun.json.job;
  const done = await service.until('/api/backfill/last', ({ job }) => job.finished_at !== null);
  expect([done.job.id, done.job.state, done.job.exit_code, done.job.name]).toEqual([
    id,
    'finished',
    0,
    'two days',
  ]);
  expect(done.job.report.visits.remaining).toBe(0);

  const slow = {
    ...window,
    backfill_max_visits_per_day: 2_000,
    backfill_hits_per_second: 50,
    backfill_seed: 7,
  };
  const second = await service.ask('POST', '/api/backfill/run', { config: slow });
  expect(second.status).toBe(201);
  const third = await service.ask('POST', '/api/backfill/run', { config: slow });
  expect([third.status, third.json.code]).toEqual([409, 'backfills_at_limit']);
  await service.until('/api/backfill/last', ({ job }) => (job.report?.hits.done ?? 0) > 0);
  const cancelled = await service.ask('POST', '/api/backfill/cancel', { id: second.json.job.id });
  expect(cancelled.status).toBe(200);
  const stopped = await service.until('/api/backfill/last', ({ job }) => job.finished_at !== null);
  expect(stopped.job.state).toBe('stopped');
  const resumed = await service.ask('POST', '/api/backfill/resume', { id: second.json.job.id });
  expect(resumed.status).toBe(200);
  await service.until('/api/backfill/last', ({ job }) => job.state === 'running');
  await service.ask('POST', '/api/backfill/cancel', { id: second.json.job.id });
  await service.until('/api/backfill/last', ({ job }) => job.finished_at !== null);
  const cleaned = await service.ask('POST', '/api/backfill/cleanup');
  expect(cleaned.json.removed.sort()).toEqual([id, second.json.job.id].sort());
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
