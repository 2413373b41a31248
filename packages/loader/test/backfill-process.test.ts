import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { backfillReport } from '@trafficinator/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BackfillYard, reportOf } from './backfill-yard.ts';
import { freePort, type Loader, until } from './loader-process.ts';
import { dumpOf } from './recorded-dump.ts';

let yard: BackfillYard;
let dump: string[];
beforeAll(async () => {
  yard = await BackfillYard.open({
    BACKFILL_START_DATE: '2025-10-16',
    BACKFILL_END_DATE: '2025-10-31',
    BACKFILL_MAX_VISITS_PER_DAY: 20,
    BACKFILL_SEED: 9,
    PROBE_SETTLE_SECONDS: 0.5,
  });
  const { code } = await yard.run('undisturbed');
  expect(code).toBe(0);
  dump = dumpOf(yard.fake);
  yard.fake.reset();
});
afterAll(() => yard.close());
afterEach(() => {
  yard.fake.faults.clear();
  yard.fake.reset();
});

/** Starts a backfill against a Matomo that takes its time, and waits until it is in the middle of it. */
async function underWay(state: string, changes = {}, ms = 40): Promise<Loader> {
  yard.fake.faults.set({ latency: { min_ms: ms, max_ms: ms } });
  const loader = yard.start(state, changes);
  await until(() => yard.fake.stats().bulk_requests > 8);
  return loader;
}
const filesOf = (state: string, extension: string) =>
  readdirSync(yard.path(state)).filter(
    (name) =>
      /^backfill-[0-9a-f]+\.\w+/.test(name) &&
      !name.includes('baseline') &&
      name.endsWith(extension),
  );
const fileReport = (state: string) =>
  backfillReport.parse(
    JSON.parse(readFileSync(join(yard.path(state), filesOf(state, '.json')[0] ?? ''), 'utf8')),
  );
const statusOf = async (state: string) => {
  const { code, out } = await yard.run(state, {}, ['--status']);
  expect(code).toBe(0);
  return out === 'null\n' ? null : backfillReport.parse(JSON.parse(out));
};

describe('a stop signal', () => {
  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)(
    '%s lets the requests under way end; the same command goes on',
    async (signal, exitCode) => {
      const loader = await underWay(signal);
      loader.child.kill(signal);
      const stopped = await loader.ended;
      expect([stopped.code, stopped.signal]).toEqual([exitCode, null]);
      const report = reportOf(stopped);
      expect(report).toMatchObject({ state: 'stopped', exit_code: exitCode });
      expect(report.exit_reason).toContain(`Stopped by ${signal}`);
      expect(report.visits.remaining).toBeGreaterThan(0);
      // Everything that was sent has been answered, and nothing needs to be looked for.
      expect(report.hits.accepted).toBe(yard.fake.stats().hits_recorded);
      expect(fileReport(signal)).toEqual(report);
      yard.fake.faults.clear();
      const finished = reportOf(await yard.run(signal));
      expect(finished).toMatchObject({ state: 'finished', run_id: report.run_id });
      expect(finished.known_by.visitor_log).toBe(0);
      expect(dumpOf(yard.fake)).toEqual(dump);
    },
  );

  it('a second one stops at once; what was under way is looked for later', async () => {
    const loader = await underWay('twice', { DRAIN_SECONDS: 60, LOG_LEVEL: 'INFO' });
    yard.fake.faults.set({ never_answer: { commit: true } });
    await until(() => (yard.fake.stats().faults.never_answer ?? 0) > 0);
    loader.child.kill('SIGTERM');
    await until(() => loader.err.includes('stopping after the requests under way'));
    loader.child.kill('SIGTERM');
    const stopped = await loader.ended;
    expect(stopped.code).toBe(143);
    expect(reportOf(stopped).state).toBe('stopped');
    yard.fake.faults.clear();
    const finished = reportOf(await yard.run('twice'));
    expect(finished.state).toBe('finished');
    expect(finished.known_by.visitor_log).toBeGreaterThan(0);
    expect(dumpOf(yard.fake)).toEqual(dump);
  });

  it('stops at once as well when the drain is over', async () => {
    const loader = await underWay('drain', { DRAIN_SECONDS: 0.2 });
    yard.fake.faults.set({ never_answer: {} });
    await until(() => (yard.fake.stats().faults.never_answer ?? 0) > 0);
    loader.child.kill('SIGTERM');
    expect((await loader.ended).code).toBe(143);
    yard.fake.faults.clear();
    expect((await yard.run('drain')).code).toBe(0);
    expect(dumpOf(yard.fake)).toEqual(dump);
  });
});

describe('--status', () => {
  it('tells of none, of a running one, of a killed one and of a finished one', async () => {
    expect(await statusOf('status')).toBeNull();
    const loader = await underWay('status');
    expect(await statusOf('status')).toMatchObject({
      state: 'running',
      exit_code: null,
      ended_at: null,
    });
    loader.child.kill('SIGKILL');
    await loader.ended;
    const killed = await statusOf('status');
    expect(killed).toMatchObject({ state: 'stopped', exit_code: null });
    expect(killed?.exit_reason).toContain('ended without a word (killed?)');
    yard.fake.faults.clear();
    const finished = reportOf(await yard.run('status'));
    expect(await statusOf('status')).toEqual(finished);
    expect(dumpOf(yard.fake)).toEqual(dump);
  });
});

it('two at once: the second one says so and ends, the first one is not disturbed', async () => {
  const first = await underWay('two');
  const second = await yard.run('two');
  expect(second.code).toBe(2);
  expect(JSON.parse(second.out).errors[0]).toMatchObject({
    code: 'state_locked',
    remedy: 'Stop the other run, or give this one a STATE_DIR of its own.',
  });
  yard.fake.faults.clear();
  expect((await first.ended).code).toBe(0);
  expect(dumpOf(yard.fake)).toEqual(dump);
});

it('a full disk ends it with a sentence, nothing is sent that is not written down, and it goes on', async () => {
  // Enough for the tables, not for all batches: half kibibytes.
  const full = await yard.start('full', { LOG_LEVEL: 'CRITICAL' }, [], 130).ended;
  expect(full.code).toBe(2);
  const report = reportOf(full);
  expect(report).toMatchObject({ state: 'halted', exit_code: 2 });
  expect(report.exit_reason).toMatch(
    /^The state file .* cannot be written: .* Nothing is sent that cannot be written down/,
  );
  expect(report.visits.remaining).toBeGreaterThan(0);
  expect(full.err).not.toMatch(/\n\s+at /);
  expect(filesOf('full', '.tmp')).toEqual([]);
  const finished = reportOf(await yard.run('full'));
  expect(finished.state).toBe('finished');
  expect(dumpOf(yard.fake)).toEqual(dump);
});

describe('while it runs', () => {
  it('the report file is whole at any moment, and progress is told as lines of JSON', async () => {
    const loader = await underWay('watched', { LOG_LEVEL: 'INFO' }, 30);
    const seen = new Set<number>();
    while (loader.child.exitCode === null) {
      const report = fileReport('watched');
      expect(report.visits.planned).toBe(report.visits.done + report.visits.remaining);
      seen.add(report.visits.done);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const ended = await loader.ended;
    expect(ended.code).toBe(0);
    expect(fileReport('watched')).toEqual(reportOf(ended));
    const lines = ended.err
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ msg }) => msg)).toEqual(
      expect.arrayContaining(['new backfill', 'progress']),
    );
    expect(lines.find(({ msg }) => msg === 'progress')).toMatchObject({
      level: 'info',
      visits: { planned: expect.any(Number) },
      hits: { accepted: expect.any(Number) },
    });
    expect(ended.err).not.toContain(yard.fake.token);
    expect(dumpOf(yard.fake)).toEqual(dump);
  });

  it('its status server tells the report, the metrics, and whether Matomo takes the hits', async () => {
    const port = await freePort();
    const loader = await underWay('served', { STATUS_PORT: port, BACKFILL_PATIENCE_SECONDS: 60 });
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    const report = backfillReport.parse(await (await get('/status')).json());
    expect(report).toMatchObject({ state: 'running', exit_code: null });
    expect(report.hits.accepted).toBeGreaterThan(0);
    expect([(await get('/healthz')).status, (await get('/readyz')).status]).toEqual([200, 200]);
    const metrics = await (await get('/metrics')).text();
    expect(metrics).toMatch(/^trafficinator_hits_total\{outcome="accepted"\} [1-9]\d*$/m);
    expect(metrics).toMatch(/^trafficinator_backfill_visits\{state="planned"\} [1-9]\d*$/m);
    yard.fake.faults.set({ answer: { status: 503 } });
    await until(async () => (await get('/readyz')).status === 503);
    expect(await (await get('/readyz')).json()).toMatchObject({
      reason: expect.stringContaining('http_503'),
    });
    expect((await get('/healthz')).status).toBe(200);
    yard.fake.faults.clear();
    expect((await loader.ended).code).toBe(0);
    expect(dumpOf(yard.fake)).toEqual(dump);
  });
});
