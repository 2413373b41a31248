import {
  type BackfillPlan,
  type BackfillReport,
  backfillPlan,
  backfillStatus,
  defaultSettings,
} from '@trafficinator/contract';
import { type FakeMatomo, startFakeMatomo } from '@trafficinator/fake-matomo';
import { afterAll, expect, it } from 'vitest';
import { openBatches } from '../src/edge/state.ts';
import { freePort, until, Yard } from './loader-process.ts';
import { dumpOf } from './recorded-dump.ts';

const yard = new Yard();
afterAll(() => yard.close());

const window = {
  BACKFILL_START_DATE: '2026-03-27',
  BACKFILL_END_DATE: '2026-03-30',
  TARGET_VISITS_PER_DAY: 40,
  LOG_LEVEL: 'ERROR',
};

async function standIns(): Promise<readonly [FakeMatomo, FakeMatomo]> {
  const start = async (token: string) =>
    yard.keep(await startFakeMatomo({ token: token.repeat(32) }));
  return [await start('a'), await start('b')];
}

const listOf = ([a, b]: readonly [FakeMatomo, FakeMatomo], more: object = {}) =>
  JSON.stringify([
    { name: 'a', url: a.url, site_id: 1, token_auth: a.token, weight: 3 },
    { name: 'b', url: b.url, site_id: 1, token_auth: b.token, weight: 1, ...more },
  ]);

const last = (out: string) => JSON.parse(out.trimEnd().split('\n').at(-1) ?? '');

it('mirrors a backfill: both targets hold the same visits, also when one is late', async () => {
  const both = await standIns();
  const settings = {
    ...window,
    TARGETS: listOf(both),
    TARGET_STRATEGY: 'mirror',
    STATE_DIR: yard.path('mirror'),
  };
  both[1].faults.set({ answer: { status: 401, body: 'html' } });
  const first = await yard.run(settings, ['backfill', '--json']);
  expect(first.code, first.err).toBe(3);
  expect(
    last(first.out).targets.map(({ name, exit_code }: { name: string; exit_code: number }) => [
      name,
      exit_code,
    ]),
  ).toEqual([
    ['a', 0],
    ['b', 3],
  ]);
  both[1].faults.clear();
  const second = await yard.run(settings, ['backfill', '--json']);
  expect(second.code, second.err).toBe(0);
  expect(dumpOf(both[0]).length).toBeGreaterThan(100);
  // Order ids are each site's own.
  const visitsOf = (of: FakeMatomo) =>
    dumpOf(of).map((line) => line.replaceAll(/"B[0-9A-Z]+-/g, '"'));
  expect(visitsOf(both[1])).toEqual(visitsOf(both[0]));
  for (const target of ['a', 'b']) {
    const proof = await yard.run(settings, [
      'reconcile',
      '--json',
      '--wait',
      '0',
      '--target',
      target,
    ]);
    expect(proof.code, proof.out).toBe(0);
  }
});

it('draws other visitors for a mirrored backfill with other settings', async () => {
  const both = await standIns();
  const settings = {
    ...window,
    BACKFILL_END_DATE: window.BACKFILL_START_DATE,
    TARGETS: listOf(both),
    TARGET_STRATEGY: 'mirror',
    STATE_DIR: yard.path('mirror-twice'),
  };
  const seedsOf = ({ out }: { out: string }): number[] =>
    last(out).targets.map(({ report }: { report: { seed: number } }) => report.seed);
  const first = await yard.run(settings, ['backfill', '--json']);
  expect(first.code, first.err).toBe(0);
  const other = await yard.run({ ...settings, TARGET_VISITS_PER_DAY: 30 }, ['backfill', '--json']);
  expect(other.code, other.err).toBe(0);
  const [seed, follower] = seedsOf(other);
  expect(follower).toBe(seed);
  expect(seedsOf(first)).not.toContain(seed);
});

it('fills the other targets while one’s journal is in use', async () => {
  const both = await standIns();
  const settings = { ...window, TARGETS: listOf(both), STATE_DIR: yard.path('locked') };
  const held = openBatches(
    { ...defaultSettings, state_dir: yard.path('locked') },
    { url: both[0].tracker_url, site_id: 1 },
  );
  try {
    const ended = await yard.run(settings, ['backfill', '--json']);
    expect(ended.code, ended.err).toBe(2);
    const [a, b] = last(ended.out).targets;
    expect(a.problems.map(({ code }: { code: string }) => code)).toEqual(['state_locked']);
    expect(b.exit_code, ended.err).toBe(0);
  } finally {
    held.close();
  }
});

it('divides a backfill by weight; no visitor is in two targets', async () => {
  const both = await standIns();
  const ended = await yard.run(
    { ...window, TARGETS: listOf(both), BACKFILL_SEED: 4, STATE_DIR: yard.path('weighted') },
    ['backfill', '--json'],
  );
  expect(ended.code, ended.err).toBe(0);
  const [a, b] = both.map((of) => of.store.visits(1).length) as [number, number];
  expect(a / (a + b)).toBeCloseTo(0.75, 1);
  const steps = last(ended.out).targets.map(({ report }: { report: BackfillReport }) =>
    report.next_steps.find((step) => step.startsWith('To prove it')),
  );
  expect(steps[1]).toContain('trafficinator reconcile --target "b" ');
  const visitors = new Set(both[0].store.visits(1).map((visit) => visit.visitor_id));
  expect(both[1].store.visits(1).filter((visit) => visitors.has(visit.visitor_id))).toEqual([]);
});

it.each([
  ['weighted', 'bulk'],
  ['mirror', 'single'],
  ['independent', 'auto'],
])('tells before what each target gets: %s', async (strategy, delivery) => {
  const both = await standIns();
  const settings = {
    ...window,
    TARGETS: listOf(both, {
      target_visits_per_day: 15,
      max_visits: 25,
      delivery,
      features: { events: false, ecommerce: false },
    }),
    TARGET_STRATEGY: strategy,
    CLICK_EVENTS_PROBABILITY: 1,
    BACKFILL_MAX_VISITS_TOTAL: 90,
    BACKFILL_MAX_VISITS_PER_DAY: 0,
    BACKFILL_SEED: 4,
    STATE_DIR: yard.path(`forecast-${strategy}`),
  };
  const asked = await yard.run(settings, ['backfill', '--dry-run', '--json']);
  expect(asked.code, asked.err).toBe(0);
  const forecast: { name: string; plan: BackfillPlan }[] = JSON.parse(asked.out).targets;
  const filled = await yard.run(settings, ['backfill', '--json']);
  expect(filled.code, filled.err).toBe(0);
  const reports: BackfillReport[] = last(filled.out).targets.map(
    ({ report }: { report: BackfillReport }) => report,
  );
  expect(forecast.map(({ name }) => name)).toEqual(['a', 'b']);
  const numbers = ({ seed, visits, hits }: BackfillPlan) => [seed, visits, hits];
  expect(forecast.map(({ plan }) => numbers(backfillPlan.parse(plan)))).toEqual(
    reports.map(({ seed, visits, hits }) => [seed, visits.done, hits.done]),
  );
  expect(forecast.map(({ plan }) => plan.delivery)).toEqual([
    'bulk',
    delivery === 'auto' ? 'bulk' : delivery,
  ]);
  const text = await yard.run(settings, ['backfill', '--dry-run']);
  expect(text.out).toMatch(/; nothing was sent\.\n\n== a\n\n {2}window [^=]+\n\n== b\n/);
  expect(text.out).toContain(`visits   ${reports[1]?.visits.done} with seed ${reports[1]?.seed}`);
});

it('refuses caps that do not divide among the targets', async () => {
  const settings = {
    ...window,
    TARGETS: listOf(await standIns()),
    BACKFILL_MAX_VISITS_PER_DAY: 1,
  };
  for (const args of [['backfill'], ['backfill', '--dry-run']]) {
    const ended = await yard.run(settings, args);
    expect(ended.code).toBe(2);
    expect(ended.err).toContain('BACKFILL_MAX_VISITS_PER_DAY is 1, and 2 targets divide it.');
  }
});

it('serves the sums and each target’s report while it goes on', async () => {
  const both = await standIns();
  both[1].faults.set({ latency: { min_ms: 40, max_ms: 40 } });
  const loader = yard.start(
    {
      ...window,
      TARGETS: listOf(both),
      TARGET_STRATEGY: 'mirror',
      BULK_SIZE: 20,
      STATUS_PORT: await freePort(),
      BACKFILL_PATIENCE_SECONDS: 60,
      STATE_DIR: yard.path('served'),
    },
    ['backfill', '--json'],
  );
  const get = async (path: string): Promise<unknown> => (await loader.get(path)).json();
  await until(() => both[1].stats().bulk_requests > 4);
  both[1].faults.set({ answer: { status: 503 } });
  await until(async () => (await loader.get('/readyz')).status === 503);
  expect(await get('/readyz')).toMatchObject({ reason: expect.stringMatching(/^“b”: .*http_503/) });
  expect((await loader.get('/healthz')).status).toBe(200);
  await until(async () => {
    const [a] = backfillStatus.parse(await get('/status')).targets;
    return a?.report?.state === 'finished';
  });
  const half = backfillStatus.parse(await get('/status'));
  const [a, b] = half.targets.map(({ report }) => report as BackfillReport);
  expect([half.state, b?.state]).toEqual(['running', 'running']);
  expect(half.visits.planned).toBe((a?.visits.planned ?? 0) + (b?.visits.planned ?? 0));
  expect(b?.hits.done).toBeGreaterThan(0);
  const accepted = (a?.hits.accepted ?? 0) + (b?.hits.accepted ?? 0);
  expect(half.hits.accepted).toBe(accepted);
  expect(await (await loader.get('/metrics')).text()).toContain(
    `\ntrafficinator_hits_total{outcome="accepted"} ${accepted}\n`,
  );
  both[1].faults.clear();
  const ended = await loader.ended;
  expect(ended.code, ended.err).toBe(0);
});

it('asks which target is meant where it looks at one', async () => {
  const both = await standIns();
  const settings = { ...window, TARGETS: listOf(both), STATE_DIR: yard.path('which') };
  const status = await yard.run(settings, ['backfill', '--status']);
  expect(status.code).toBe(2);
  expect(status.err).toContain('Name one with --target: a, b.');
  const named = await yard.run(settings, ['backfill', '--status', '--target', 'b']);
  expect(named.code, named.err).toBe(0);
});
