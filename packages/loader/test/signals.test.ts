import { existsSync, writeFileSync } from 'node:fs';
import { startFakeMatomo } from '@trafficinator/fake-matomo';
import { afterAll, describe, expect, it } from 'vitest';
import { freePort, noonZone, quick, summaryOf, until, Yard } from './loader-process.ts';
import { startTracker, yes } from './tracker-stub.ts';

const yard = new Yard();
const noon = noonZone();
afterAll(() => yard.close());

describe.concurrent('a stop signal', () => {
  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)(
    '%s in the middle: what has begun is finished, all of it is counted',
    async (signal, code) => {
      const matomo = yard.keep(await startFakeMatomo({}));
      const loader = yard.start({
        ...quick,
        // Visits in flight must still be there when the signal comes.
        PAUSE_BETWEEN_PVS_MIN: 300,
        PAUSE_BETWEEN_PVS_MAX: 300,
        MATOMO_URL: matomo.url,
        MATOMO_TOKEN_AUTH: matomo.token,
        STATE_DIR: yard.path(signal),
        STATUS_PORT: await freePort(),
      });
      await loader.statusWhere(({ visits }) => visits.in_flight >= 40);
      loader.child.kill(signal);
      const ended = await loader.ended;
      const summary = summaryOf(ended);
      expect(ended.code).toBe(code);
      expect(summary.exit_code).toBe(code);
      expect(summary.exit_reason).toContain(signal);
      const { planned, delivered, partial } = summary.visits;
      expect(partial).toBe(0);
      expect(delivered).toBeGreaterThanOrEqual(40);
      const { accepted, dropped } = summary.hits;
      expect(accepted + dropped).toBe(summary.hits.planned);
      expect(delivered).toBeLessThanOrEqual(planned);
      expect(matomo.stats()).toMatchObject({ hits_seen: accepted, hits_recorded: accepted });
      expect(matomo.store.visits(1).length).toBe(delivered);
    },
  );

  it('a second one stops at once: what left without an answer is unknown', async () => {
    const tracker = yard.keep(await startTracker((nth) => (nth < 30 ? yes : 'silence')));
    const loader = yard.start({
      ...quick,
      CONCURRENCY: 20,
      MATOMO_URL: tracker.url,
      STATE_DIR: yard.path('second'),
      STATUS_PORT: await freePort(),
    });
    await until(() => tracker.hits.length === 50);
    await loader.statusWhere(({ hits, visits }) => hits.accepted === 30 && visits.waiting > 0);
    loader.child.kill('SIGTERM');
    const draining = await loader.statusWhere(({ state }) => state === 'draining');
    expect(draining.visits.waiting).toBe(0);
    loader.child.kill('SIGTERM');
    const ended = await loader.ended;
    const { hits } = summaryOf(ended);
    expect(ended.code).toBe(143);
    expect(hits.accepted).toBe(30);
    expect(hits.unknown).toBe(20);
    expect(tracker.hits.length).toBe(50);
  });
});

describe.concurrent('AUTO_START=false', () => {
  const waiting = async (name: string) => {
    const tracker = yard.keep(await startTracker(() => yes));
    const file = yard.path(`${name}.start`);
    const loader = yard.start({
      ...quick,
      MATOMO_URL: tracker.url,
      MAX_VISITS: 5,
      AUTO_START: false,
      START_SIGNAL_FILE: file,
      START_CHECK_INTERVAL: 0.05,
      TIMEZONE: noon.zone,
      STATE_DIR: yard.path(name),
      STATUS_PORT: await freePort(),
    });
    const status = await loader.statusWhere(({ state }) => state === 'waiting');
    expect(status.visits.planned).toBe(0);
    expect(status.today.date).toBe(noon.date);
    expect(tracker.requests).toEqual([]);
    return { tracker, file, loader };
  };

  it('waits for the file, removes it and runs', async () => {
    const { tracker, file, loader } = await waiting('go');
    await loader.statusWhere(({ reason }) => reason === `waiting for ${file}`);
    writeFileSync(file, '');
    const ended = await loader.ended;
    expect(ended.code).toBe(0);
    expect(existsSync(file)).toBe(false);
    expect(tracker.visitors().length).toBe(5);
  });

  it('SIGTERM while it waits ends it; nothing was sent', async () => {
    const { tracker, file, loader } = await waiting('stop');
    await loader.statusWhere(({ reason }) => reason === `waiting for ${file}`);
    loader.child.kill('SIGTERM');
    const ended = await loader.ended;
    expect(ended.code).toBe(143);
    expect(summaryOf(ended)).toMatchObject({ exit_code: 143, visits: { planned: 0 } });
    expect(tracker.requests).toEqual([]);
  });

  it('needs no settings yet, reads them at the signal, and waits again for better ones', async () => {
    const tracker = yard.keep(await startTracker(() => yes));
    const file = yard.path('later.start');
    const settingsFile = yard.path('later.json');
    const loader = yard.start({
      AUTO_START: false,
      START_SIGNAL_FILE: file,
      START_CHECK_INTERVAL: 0.05,
      SETTINGS_FILE: settingsFile,
      STATUS_PORT: await freePort(),
    });
    const waiting = await loader.statusWhere(({ reason }) => reason === `waiting for ${file}`);
    expect(waiting).toMatchObject({ state: 'waiting', run_id: 'none', targets: [] });
    const settings = { matomo_url: tracker.url, max_visits: 5, timezone: noon.zone };
    const good = { ...settings, target_visits_per_day: 8_640_000, pageviews_max: 3 };
    const signal = (now: object) => {
      writeFileSync(settingsFile, JSON.stringify(now));
      writeFileSync(file, '');
    };
    for (const [bad, why] of [
      [{ ...good, matomo_url: null }, 'MATOMO_URL is not set'],
      [{ ...good, concurrency: 0, max_visits: -1 }, 'CONCURRENCY'],
      [{ ...good, urls_file: yard.path('nothing.txt') }, 'nothing.txt'],
      [{ ...good, backfill_enabled: true }, 'No window is given'],
    ] as const) {
      signal(bad);
      const failed = await loader.statusWhere(({ state, reason }) =>
        Boolean(state === 'failed' && reason?.includes(why)),
      );
      expect(failed.reason).toContain(`waiting for ${file} again`);
      expect(existsSync(file)).toBe(false);
      expect((await loader.get('/healthz')).status).toBe(200);
      expect((await loader.get('/readyz')).status).toBe(503);
    }
    signal({ ...good, log_level: 'DEBUG' });
    const ended = await loader.ended;
    expect(ended.code).toBe(0);
    expect(summaryOf(ended)).toMatchObject({ exit_code: 0, visits: { planned: 5, delivered: 5 } });
    expect(tracker.visitors().length).toBe(5);
  });

  it('still refuses settings of the process itself that are wrong', async () => {
    const ended = await yard.run({ AUTO_START: false, START_CHECK_INTERVAL: 'soon' });
    expect(ended.code).toBe(2);
    expect(ended.err).toContain('START_CHECK_INTERVAL');
  });
});
