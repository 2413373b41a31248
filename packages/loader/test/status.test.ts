import { afterAll, expect, it } from 'vitest';
import { freePort, quick, summaryOf, until, Yard } from './loader-process.ts';
import { startTracker, yes } from './tracker-stub.ts';

const yard = new Yard();
afterAll(() => yard.close());

it('tells how a run goes, in JSON and for Prometheus', async () => {
  const tracker = yard.keep(await startTracker(() => yes));
  const loader = yard.start({
    ...quick,
    PAUSE_BETWEEN_PVS_MIN: 60,
    PAUSE_BETWEEN_PVS_MAX: 60,
    MATOMO_URL: tracker.url,
    MAX_VISITS_PER_DAY: 20,
    STATUS_PORT: await freePort(),
  });
  const status = await loader.statusWhere(({ state }) => state === 'paused');
  expect(status.visits).toMatchObject({ planned: 20, in_flight: 20, waiting: 0, dropped: 0 });
  const { accepted, pending, planned } = status.hits;
  expect(accepted + pending).toBe(planned);
  expect(status.settings_changed).toContain('max_visits_per_day');
  expect(status.target).toMatchObject({ url: `${tracker.url}/matomo.php`, breaker: 'closed' });
  for (const path of ['/healthz', '/readyz']) expect((await loader.get(path)).status).toBe(200);

  const metrics = await loader.get('/metrics');
  expect(metrics.headers.get('content-type')).toContain('version=0.0.4');
  const samples = new Map(
    (await metrics.text())
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('#') && line !== '')
      .map((line) => {
        const [, name, value] = /^([a-z_]\w*(?:\{[^}]*\})?) (\S+)$/i.exec(line) ?? [];
        expect(name, line).toBeDefined();
        expect(Number.isNaN(Number(value)) && value !== 'Nan' && value !== 'NaN', line).toBe(false);
        return [name, Number(value)] as const;
      }),
  );
  expect(samples.get('trafficinator_hit_response_seconds_count')).toBe(tracker.hits.length);
  expect([...samples.keys()].some((name) => name?.includes('accepted'))).toBe(true);
  loader.child.kill('SIGTERM');
  expect((await loader.ended).code).toBe(143);
});

it('against a server that never answers, what waits and what is in flight stays bounded', async () => {
  const tracker = yard.keep(await startTracker((nth) => (nth === 0 ? yes : 'silence')));
  const loader = yard.start({
    ...quick,
    TARGET_VISITS_PER_DAY: 17_280_000,
    CONCURRENCY: 30,
    MAX_LATENESS_SECONDS: 1,
    DRAIN_SECONDS: 0,
    STATE_DIR: yard.path('silence'),
    MATOMO_URL: tracker.url,
    STATUS_PORT: await freePort(),
  });
  let looks = 0;
  await until(async () => {
    const { visits, hits } = await loader.statusWhere(() => true);
    expect(visits.in_flight).toBeLessThanOrEqual(30);
    // What arrives within the tolerated lateness, and what a busy machine's timer brings at once.
    expect(visits.waiting).toBeLessThanOrEqual(2 * 200);
    expect(hits.pending).toBeLessThan(430 * 12);
    looks++;
    return visits.dropped >= 400;
  });
  expect(looks).toBeGreaterThan(2);
  loader.child.kill('SIGTERM');
  const ended = await loader.ended;
  const { hits, visits } = summaryOf(ended);
  expect(ended.code).toBe(143);
  expect(hits.unknown).toBe(30);
  expect(visits.partial + visits.delivered).toBeLessThanOrEqual(31);
});
