import { writeFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { freePort, quick, summaryOf, Yard } from './loader-process.ts';
import { startTracker, yes } from './tracker-stub.ts';

const yard = new Yard();
afterAll(() => yard.close());

const settings = {
  ...quick,
  MAX_VISITS: 31,
  MAX_VISITS_PER_DAY: 1_000,
  SEED: 11,
  STATE_DIR: yard.path('shared'),
};

it('three processes send what one would, each its share, beside one another', async () => {
  const alone = yard.keep(await startTracker(() => yes));
  const whole = await yard.run({ ...settings, MATOMO_URL: alone.url, STATE_DIR: yard.path('one') });
  expect(whole.code).toBe(0);
  expect(summaryOf(whole).shard).toBeNull();

  const tracker = yard.keep(await startTracker(() => yes));
  const settings_file = yard.path('settings.json');
  const names = ['0/3', '1/3', '2/3'];
  const loaders = await Promise.all(
    names.map(async (SHARD, at) => {
      const signal = yard.path(`start-${at}`);
      const waiting = { AUTO_START: false, START_SIGNAL_FILE: signal, START_CHECK_INTERVAL: 0.05 };
      const given = { ...settings, ...waiting, SHARD, MATOMO_URL: tracker.url };
      const STATUS_PORT = await freePort();
      const loader = yard.start({ ...given, SETTINGS_FILE: settings_file, STATUS_PORT });
      await loader.statusWhere(({ state }) => state === 'waiting');
      return { loader, signal };
    }),
  );
  // All of them are there: a moment ahead that none of them misses.
  const run_started_at = new Date(Date.now() + 5_000).toISOString();
  writeFileSync(settings_file, JSON.stringify({ run_started_at }));
  for (const { signal } of loaders) writeFileSync(signal, '');
  const shards = await Promise.all(
    loaders.map(async ({ loader }, at) => {
      const status = await loader.statusWhere(({ state }) => state === 'running');
      expect(status).toMatchObject({
        shard: names[at],
        rate: { planned_per_day: quick.TARGET_VISITS_PER_DAY / 3 },
        today: { cap: at === 0 ? 334 : 333 },
      });
      return loader.ended;
    }),
  );
  expect(shards.map(({ code }) => code)).toEqual([0, 0, 0]);
  const planned = shards.map((ended) => summaryOf(ended).visits.planned);
  expect(summaryOf(shards[1]!).exit_reason).toContain('All 10 visits of shard 1/3 are sent');
  expect(planned).toEqual([11, 10, 10]);
  expect(tracker.visitors().toSorted()).toEqual(alone.visitors().toSorted());
  expect(tracker.hits.length).toBe(alone.hits.length);
});

it('refuses a shard without what makes the processes agree, and in a backfill', async () => {
  const live = await yard.run({ ...quick, MATOMO_URL: 'http://127.0.0.1:9', SHARD: '0/2' });
  expect(live.code).toBe(2);
  expect(live.err).toContain('SHARD needs a SEED');
  expect(live.err).toContain('SHARD needs RUN_STARTED_AT');
  const window = { BACKFILL_DAYS_BACK: 3, BACKFILL_DURATION_DAYS: 2 };
  const past = await yard.run(
    { MATOMO_URL: 'http://127.0.0.1:9', MATOMO_TOKEN_AUTH: 'x', SHARD: '0/2', ...window },
    ['backfill'],
  );
  expect(past.code).toBe(2);
  expect(past.err).toContain('A backfill cannot be divided into shards');
});
