import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BackfillGround, isTracking } from './backfill-ground.ts';
import { dumpOf } from './recorded-dump.ts';
import type { StubRequest } from './stub-server.ts';

let ground: BackfillGround;
beforeEach(async () => {
  ground = await BackfillGround.open();
});
afterEach(() => ground.close());

/** What an undisturbed backfill records; the stand-in has forgotten it afterwards. */
async function undisturbed() {
  const { report } = await ground.report({}, ['--restart']);
  const dump = dumpOf(ground.fake);
  ground.fake.reset();
  ground.proxy.requests.length = 0;
  return { dump, report };
}
const again = ['--restart'];
const hitsIn = ({ body }: StubRequest): number => JSON.parse(body).requests.length;
/** Cuts the nth tracking request off, before it is passed on. */
const cutAt = (nth: number) => {
  ground.proxy.intercept = (request) =>
    isTracking(request) && ground.tracked.length === nth ? 'cut' : null;
};
const isLog = ({ body }: StubRequest) => body.includes('Live.getLastVisitsDetails');

describe('requests that are too large', () => {
  it('are halved, and everything arrives', async () => {
    const { dump } = await undisturbed();
    const most = 30_000;
    ground.proxy.intercept = (request) =>
      isTracking(request) && request.body.length > most ? { status: 413, body: '' } : null;
    const { code, report } = await ground.report({ BULK_SIZE: 200 }, again);
    expect([code, report.state]).toEqual([0, 'finished']);
    expect(dumpOf(ground.fake)).toEqual(dump);
  });

  it('as single visits end it with the server’s setting to change', async () => {
    ground.proxy.intercept = (request) =>
      isTracking(request) && hitsIn(request) > 1 ? { status: 413, body: '' } : null;
    const { code, report } = await ground.report();
    expect([code, report.state]).toEqual([3, 'halted']);
    expect(report.exit_reason).toMatch(/takes no request of \d+ bytes .* client_max_body_size/);
  });
});

it('a visit that Matomo cannot stand is found and told; the rest is recorded', async () => {
  const { dump } = await undisturbed();
  const [, line = ''] = dump;
  const poison: string = JSON.parse(line).visitor_id;
  const rolledBack = JSON.stringify({
    status: 'error',
    tracked: 1,
    invalid: 0,
    invalid_indices: [],
  });
  ground.proxy.intercept = (request) =>
    isTracking(request) && request.body.includes(`&cid=${poison}&`)
      ? { status: 500, headers: { 'content-type': 'application/json' }, body: rolledBack }
      : null;
  const { code, report } = await ground.report({}, again);
  expect([code, report.state]).toEqual([4, 'finished']);
  expect(dumpOf(ground.fake)).toEqual(dump.filter((each) => !each.includes(poison)));
  expect(report.reasons).toEqual([
    { outcome: 'failed', reason: 'rolled_back', count: report.hits.failed },
  ]);
  expect(report.hits.failed).toBeGreaterThan(3);
  expect(report.visits.remaining).toBe(0);
  expect(report.exit_reason).toContain(
    `${report.hits.failed} of ${report.hits.done} hits were not accepted`,
  );
});

it('a server that is down for a while costs time and nothing else', async () => {
  const { dump } = await undisturbed();
  const running = ground.report({}, again);
  await expect.poll(() => ground.tracked.length, { interval: 1 }).toBeGreaterThan(5);
  await ground.proxy.close();
  await sleep(700);
  await ground.proxy.open();
  const { code, report } = await running;
  expect([code, report.state]).toEqual([0, 'finished']);
  expect(dumpOf(ground.fake)).toEqual(dump);
});

it('a server that stays down halts it; the same command goes on', async () => {
  const { dump } = await undisturbed();
  ground.proxy.intercept = (request) =>
    isTracking(request) && ground.tracked.length > 8 ? { status: 503, body: '' } : null;
  const down = await ground.report({ BACKFILL_PATIENCE_SECONDS: 0.5 }, again);
  expect([down.code, down.report.state]).toEqual([3, 'halted']);
  expect(down.report.exit_reason).toMatch(
    /^Nothing has succeeded for \d+ s \(http_503\)\. .* goes on where it stopped\.$/,
  );
  ground.proxy.intercept = () => null;
  const { code, report } = await ground.report();
  expect([code, report.run_id]).toEqual([0, down.report.run_id]);
  expect(dumpOf(ground.fake)).toEqual(dump);
});

it('QueuedTracking counts as accepted, and the report says so', async () => {
  ground.fake.faults.set({ queue: { delay_ms: 10 } });
  const { code, report } = await ground.report();
  expect([code, report.state]).toEqual([0, 'finished']);
  expect(report.known_by).toEqual({ answer: 0, visitor_log: 0, queue: report.hits.done });
  expect(report.notices.join()).toContain('QueuedTracking');
  const text = await ground.run({}, ['--status']);
  expect(JSON.parse(text.out).notices).toEqual(report.notices);
});

describe('a request whose answer is lost', () => {
  it('is found in the visitor log, and the report says so', async () => {
    const { dump } = await undisturbed();
    ground.proxy.intercept = (request) =>
      isTracking(request) && ground.tracked.length % 4 === 3 ? 'lose' : null;
    const { code, report } = await ground.report({}, again);
    expect([code, report.hits.unknown]).toEqual([0, 0]);
    expect(report.known_by.visitor_log).toBeGreaterThan(0);
    expect(report.notices.join()).toContain('visitor log');
    expect(dumpOf(ground.fake)).toEqual(dump);
  });

  it('halts it where the visitor log cannot be asked; later it is looked for', async () => {
    const { dump } = await undisturbed();
    ground.proxy.intercept = (request) =>
      isLog(request) ? { status: 403, body: '<html>' } : isTracking(request) ? 'lose' : null;
    const forbidden = await ground.report({}, again);
    expect([forbidden.code, forbidden.report.state]).toEqual([3, 'halted']);
    expect(forbidden.report.exit_reason).toContain(
      'ON_UNKNOWN=resend (may double) or skip (may lose)',
    );
    const stillForbidden = await ground.report();
    expect(stillForbidden.code).toBe(3);
    ground.proxy.intercept = () => null;
    expect((await ground.report()).code).toBe(0);
    expect(dumpOf(ground.fake)).toEqual(dump);
  });

  it('is left with ON_UNKNOWN=skip: told as unknown, exit code 4', async () => {
    cutAt(4);
    const { code, report } = await ground.report({ ON_UNKNOWN: 'skip' });
    expect([code, report.state]).toEqual([4, 'finished']);
    expect(report.hits.unknown).toBe(hitsIn(ground.tracked[3] as StubRequest));
    expect(report.reasons).toMatchObject([{ outcome: 'unknown', count: report.hits.unknown }]);
    expect(ground.proxy.requests.filter(isLog)).toEqual([]);
  });

  it('is sent again with ON_UNKNOWN=resend, without asking', async () => {
    const { dump } = await undisturbed();
    cutAt(4);
    const { code, report } = await ground.report({ ON_UNKNOWN: 'resend' }, again);
    expect([code, report.hits.accepted]).toEqual([0, report.hits.done]);
    expect(ground.proxy.requests.filter(isLog)).toEqual([]);
    expect(dumpOf(ground.fake)).toEqual(dump);
  });
});

it('one hit a request records the same as bulk, and can be turned to and from midway', async () => {
  const { dump, report: bulk } = await undisturbed();
  const single = await ground.report({ DELIVERY: 'single', CONCURRENCY: 8 }, again);
  expect([single.code, single.report.delivery]).toEqual([0, 'single']);
  expect(single.report.hits).toEqual(bulk.hits);
  expect(dumpOf(ground.fake)).toEqual(dump);
  ground.fake.reset();
  const deliveries = ['single', 'bulk', 'single', 'bulk'];
  for (const [nth, delivery] of deliveries.entries()) {
    ground.proxy.requests.length = 0;
    ground.proxy.intercept = (request) =>
      nth < 3 && isTracking(request) && ground.tracked.length >= 30
        ? { status: 403, body: '' }
        : null;
    const { code } = await ground.report(
      { DELIVERY: delivery, ON_UNKNOWN: 'probe' },
      nth === 0 ? again : [],
    );
    expect(code).toBe(nth < 3 ? 3 : 0);
  }
  expect(dumpOf(ground.fake)).toEqual(dump);
});
