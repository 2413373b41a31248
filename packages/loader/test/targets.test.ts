import { type FakeMatomo, startFakeMatomo } from '@trafficinator/fake-matomo';
import { afterAll, expect, it } from 'vitest';
import { freePort, quick, summaryOf, Yard } from './loader-process.ts';

const yard = new Yard();
afterAll(() => yard.close());

const tokens = { a: 'a'.repeat(32), b: 'b'.repeat(32) } as const;

async function standIns(): Promise<{ a: FakeMatomo; b: FakeMatomo }> {
  return {
    a: yard.keep(await startFakeMatomo({ token: tokens.a })),
    b: yard.keep(await startFakeMatomo({ token: tokens.b })),
  };
}

const listOf = ({ a, b }: { a: FakeMatomo; b: FakeMatomo }, more: object = {}) =>
  JSON.stringify([
    { name: 'a', url: a.url, site_id: 1, token_auth: tokens.a, weight: 3 },
    { name: 'b', url: b.url, site_id: 1, token_auth: tokens.b, weight: 1, ...more },
  ]);

it('divides whole visits by weight, and each target sees its own token alone', async () => {
  const both = await standIns();
  const ended = await yard.run({
    ...quick,
    TARGETS: listOf(both),
    MAX_VISITS: 40,
    SEED: 3,
    STATE_DIR: yard.path('weighted'),
  });
  expect(ended.code, ended.err).toBe(0);
  const summary = summaryOf(ended);
  expect(summary.visits).toMatchObject({ planned: 40, delivered: 40 });
  const delivered = summary.targets.map(({ visits }) => visits.delivered);
  // On a busy machine one target may begin its next visit before the other: the cap ends both after 40.
  expect([delivered[0]! + delivered[1]!, Math.abs(delivered[0]! - 30) <= 1]).toEqual([40, true]);
  expect(summary.targets.map(({ name }) => name)).toEqual(['a', 'b']);
  // The tracker refuses visitor IPs with a foreign token, so all of them being there proves the tokens.
  expect([both.a.store.visits(1).length, both.b.store.visits(1).length]).toEqual(delivered);
  expect(`${ended.out}${ended.err}`).not.toMatch(/a{32}|b{32}/);
});

it('mirrors every visit; a target in trouble costs the other nothing and comes back by itself', async () => {
  const both = await standIns();
  const loader = yard.start({
    ...quick,
    TARGET_VISITS_PER_DAY: 1_728_000,
    TARGETS: listOf(both),
    TARGET_STRATEGY: 'mirror',
    MAX_RETRIES: 0,
    STATUS_PORT: await freePort(),
    STATE_DIR: yard.path('mirror'),
  });
  await loader.statusWhere(({ targets }) => (targets[1]?.visits.delivered ?? 0) > 5);
  both.b.faults.set({ answer: { status: 503, body: 'html' } });
  await loader.statusWhere(({ targets }) => targets[1]?.health === 'unreachable');
  both.b.faults.clear();
  const during = await loader.status();
  const before = during.targets[1]?.visits.delivered ?? 0;
  await loader.statusWhere(({ targets }) => (targets[1]?.visits.delivered ?? 0) > before + 5);
  loader.child.kill('SIGTERM');
  const ended = await loader.ended;
  expect(ended.code, ended.err).toBe(143);
  const [a, b] = summaryOf(ended).targets;
  expect(a?.visits.planned).toBe(a?.visits.delivered);
  // The signal may come between the two arrivals of one visit.
  expect(Math.abs((a?.visits.planned ?? 0) - (b?.visits.planned ?? 0))).toBeLessThanOrEqual(1);
  expect(b?.visits.dropped).toBeGreaterThan(0);
  for (const { hits } of [a, b].flatMap((target) => target ?? [])) {
    const { planned, accepted, rejected, failed, unknown, dropped } = hits;
    expect(planned).toBe(accepted + rejected + failed + unknown + dropped);
  }
  expect(both.a.stats().hits_recorded).toBe(a?.hits.accepted);
  expect(both.b.stats().hits_recorded).toBe(b?.hits.accepted);
  const visitors = (of: FakeMatomo) => new Set(of.store.visits(1).map((visit) => visit.visitor_id));
  const inA = visitors(both.a);
  const onlyInB = [...visitors(both.b)].filter((id) => !inA.has(id));
  expect(onlyInB.length).toBeLessThanOrEqual(1);
});

it('counts a mirrored visit once towards the cap', async () => {
  const both = await standIns();
  const ended = await yard.run({
    ...quick,
    TARGETS: listOf(both),
    TARGET_STRATEGY: 'mirror',
    MAX_VISITS: 12,
    STATE_DIR: yard.path('mirror-cap'),
  });
  expect(ended.code, ended.err).toBe(0);
  expect([both.a.store.visits(1).length, both.b.store.visits(1).length]).toEqual([12, 12]);
});

it('gives independent targets their own volume, caps and features', async () => {
  const both = await standIns();
  const ended = await yard.run(
    {
      ...quick,
      TARGETS: listOf(both, {
        target_visits_per_day: 4_320_000,
        max_visits: 7,
        delivery: 'bulk',
        features: { events: false, ecommerce: false },
      }),
      TARGET_STRATEGY: 'independent',
      CLICK_EVENTS_PROBABILITY: 1,
      MAX_VISITS: 20,
      STATE_DIR: yard.path('independent'),
    },
    ['run', '--json', '--duration', '3s'],
  );
  expect(ended.code, ended.err).toBe(0);
  const [a, b] = summaryOf(ended).targets;
  expect([a?.visits.delivered, b?.visits.delivered]).toEqual([20, 7]);
  const events = (of: FakeMatomo) =>
    of.store
      .visits(1)
      .flatMap((visit) => visit.actions)
      .filter((action) => action.kind === 'event');
  expect(events(both.a).length).toBeGreaterThanOrEqual(20);
  expect(events(both.b)).toEqual([]);
  expect(both.b.stats().bulk_requests).toBeGreaterThan(0);
});

it('remembers for each independent target alone whether it is done', async () => {
  const both = await standIns();
  const settings = {
    ...quick,
    TARGETS: listOf(both, { target_visits_per_day: 864 }),
    TARGET_STRATEGY: 'independent',
    MAX_VISITS: 10,
    STATE_DIR: yard.path('alone'),
  };
  const first = yard.start({ ...settings, STATUS_PORT: await freePort() });
  const half = await first.statusWhere(({ targets }) => targets[0]?.visits.delivered === 10);
  expect([half.state, half.reason, half.today.target]).toEqual(['running', null, 8_640_864]);
  first.child.kill('SIGTERM');
  const ended = await first.ended;
  expect(ended.code, ended.err).toBe(143);
  expect(summaryOf(ended).exit_reason).toBe(
    '“a”: All 10 visits are sent (MAX_VISITS). “b”: Stopped by SIGTERM before the end.',
  );
  const second = yard.start({ ...settings, STATUS_PORT: await freePort() });
  const rest = await second.statusWhere(({ state }) => state === 'running');
  expect(rest.targets.map(({ name }) => name)).toEqual(['b']);
  expect(second.err).toContain('“a”: nothing to do: run live-');
  second.child.kill('SIGTERM');
  expect((await second.ended).code).toBe(143);
  expect(both.a.store.visits(1).length).toBe(10);
});

it('reroutes whole visits when asked to, none twice and none lost', async () => {
  const both = await standIns();
  both.b.faults.set({ answer: { status: 503, body: 'html' } });
  const ended = await yard.run({
    ...quick,
    TARGETS: listOf(both, { weight: 3 }),
    REROUTE: true,
    MAX_RETRIES: 0,
    MAX_VISITS: 120,
    FAIL_IF_ERROR_RATE_ABOVE: 1,
    STATE_DIR: yard.path('reroute'),
  });
  const { visits, targets } = summaryOf(ended);
  expect(visits.planned).toBe(visits.delivered + visits.partial + visits.dropped);
  expect(targets[0]?.visits.delivered ?? 0).toBeGreaterThan(60);
  expect(both.a.store.visits(1).length).toBe(targets[0]?.visits.delivered);
});

it('tells all mistakes of a list at once, without a token', async () => {
  const ended = await yard.run({
    MATOMO_URL: 'http://127.0.0.1:9',
    TARGETS: JSON.stringify([
      { name: 'x', url: 'ftp://one', site_id: 1, token_auth: tokens.a },
      { name: 'X', url: 'http://127.0.0.1:9', site_id: 1 },
    ]),
  });
  expect(ended.code).toBe(2);
  expect(ended.err).toContain('Both TARGETS and MATOMO_URL are set');
  expect(ended.err).toContain('Two targets are named “x”');
  expect(ended.err).toContain('The address of target “x”');
  expect(ended.err).not.toMatch(/a{32}|\n\s+at /);
});
