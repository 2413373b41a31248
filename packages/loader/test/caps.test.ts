import { afterAll, expect, it } from 'vitest';
import { freePort, noonZone, quick, summaryOf, until, Yard } from './loader-process.ts';
import { startTracker, yes } from './tracker-stub.ts';

const yard = new Yard();
afterAll(() => yard.close());

it('MAX_VISITS_PER_DAY is exact over a kill, and the pause says until when', async () => {
  const { zone, midnight_ms } = noonZone();
  const tracker = yard.keep(await startTracker(() => yes));
  const settings = {
    ...quick,
    MATOMO_URL: tracker.url,
    TARGET_VISITS_PER_DAY: 1_000_000,
    MAX_VISITS_PER_DAY: 10,
    TIMEZONE: zone,
    STATE_DIR: yard.path('per-day'),
  };
  const first = yard.start({ ...settings, STATUS_PORT: await freePort() });
  const full = await first.statusWhere(
    ({ state, visits }) => state === 'paused' && visits.in_flight === 0,
  );
  expect(full.visits).toMatchObject({ planned: 10, delivered: 10, waiting: 0 });
  expect(full.today).toMatchObject({ visits: 10, cap: 10 });
  expect(full.resumes_at).toBe(new Date(midnight_ms).toISOString());
  expect(tracker.visitors().length).toBe(10);
  const paused = first.err.split('\n').find((line) => line.includes('"state":"paused"')) ?? '';
  expect(JSON.parse(paused)).toMatchObject({ reason: 'the daily cap is reached' });
  // Midnight of the zone, as its people read it.
  expect(JSON.parse(paused).resumes_at).toMatch(/^\d{4}-\d\d-\d\d 00:00 Etc\//);

  const locked = await yard.run(settings);
  expect(locked.code).toBe(2);
  expect(locked.err).toContain('Another run is using the state file');
  expect(locked.err).not.toMatch(/\n\s+at /);

  first.child.kill('SIGKILL');
  expect((await first.ended).signal).toBe('SIGKILL');
  const second = yard.start({ ...settings, STATUS_PORT: await freePort() });
  const again = await second.statusWhere(({ state }) => state === 'paused');
  expect(again.visits.planned).toBe(0);
  expect(again.today.visits).toBe(10);
  expect(again.run_id).toBe(full.run_id);
  second.child.kill('SIGTERM');
  const ended = await second.ended;
  expect(ended.code).toBe(143);
  expect(summaryOf(ended)).toMatchObject({ resumed_from: 10, visits: { planned: 0 } });
  expect(tracker.visitors().length).toBe(10);
});

it('MAX_VISITS is exact over a kill; what is done is done once, unless a new run is asked for', async () => {
  const tracker = yard.keep(await startTracker(() => 'silence'));
  const settings = {
    ...quick,
    MATOMO_URL: tracker.url,
    MAX_VISITS: 12,
    CONCURRENCY: 5,
    MAX_LATENESS_SECONDS: 60,
    STATE_DIR: yard.path('in-all'),
  };
  const first = yard.start(settings);
  await until(() => tracker.visitors().length === 5);
  first.child.kill('SIGKILL');
  await first.ended;

  tracker.answerWith(() => yes);
  const second = await yard.run(settings);
  const summary = summaryOf(second);
  expect(second.code).toBe(0);
  expect(summary.visits).toEqual({ planned: 7, delivered: 7, partial: 0, dropped: 0 });
  expect(summary.resumed_from).toBe(5);
  expect(tracker.visitors().length).toBe(12);

  const { length } = tracker.hits;
  const third = await yard.run(settings);
  expect(third.code).toBe(0);
  expect(summaryOf(third)).toMatchObject({
    exit_reason: expect.stringContaining('Nothing to do'),
    visits: { planned: 0 },
  });
  expect(tracker.hits.length).toBe(length);

  const anew = await yard.run(settings, ['run', '--json', '--new']);
  expect(anew.code).toBe(0);
  expect(summaryOf(anew).visits.delivered).toBe(12);
  expect(tracker.visitors().length).toBe(24);
});

it('a run with a duration ends, and does not say that nothing ends it', async () => {
  const tracker = yard.keep(await startTracker(() => yes));
  const settings = { ...quick, MATOMO_URL: tracker.url };
  const limited = { ...settings, MAX_VISITS: 3 };
  const brief = ['run', '--json', '--duration', '200ms'];
  const ends = await yard.run({ ...settings, STATE_DIR: yard.path('brief') }, brief);
  expect(ends.code).toBe(0);
  expect(ends.err).toContain('effective settings');
  expect(ends.err).not.toContain('no_end');
  const capped = await yard.run({ ...limited, STATE_DIR: yard.path('limited') });
  expect(capped.err).not.toContain('no_end');
  const endless = yard.start({ ...settings, STATE_DIR: yard.path('endless') });
  await until(() => endless.err.includes('"msg":"running"'));
  endless.child.kill('SIGTERM');
  expect((await endless.ended).err).toContain('no_end');
});
