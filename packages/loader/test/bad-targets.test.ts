import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { type Ended, quick, summaryOf, Yard } from './loader-process.ts';
import type { StubAnswer } from './stub-server.ts';
import { startTracker, yes } from './tracker-stub.ts';

const yard = new Yard();
afterAll(() => yard.close());

let states = 0;
const settings = (tracker: { readonly url: string }) => ({
  ...quick,
  MATOMO_URL: tracker.url,
  STATE_DIR: yard.path(`state-${++states}`),
  MAX_VISITS: 200,
});

/** What holds of every run that delivered nothing. */
function nothingDelivered(ended: Ended, code: number) {
  const summary = summaryOf(ended);
  expect(ended.code).toBe(code);
  expect(summary.exit_code).toBe(code);
  expect(summary.visits.delivered).toBe(0);
  expect(summary.hits.accepted).toBe(0);
  expect(ended.err).not.toMatch(/\n\s+at /);
  return summary;
}

describe.concurrent('a server that is bad from the start', () => {
  it.each([
    ['500 to everything', { status: 500, body: 'broken' }, 'server error (500)'],
    ['silence', 'silence', 'gave no answer'],
    ['a cut connection', 'cut', 'closed the connection'],
  ] as const)('%s: is not sent a single hit', async (_, answer, reason) => {
    const tracker = yard.keep(await startTracker(() => answer, { other: answer }));
    const ended = await yard.run({ ...settings(tracker), REQUEST_TIMEOUT_SECONDS: 1 });
    const summary = nothingDelivered(ended, 3);
    expect(summary.visits.planned).toBe(0);
    expect(summary.exit_reason).toContain(reason);
    expect(tracker.hits).toEqual([]);
  });

  it('is not asked at all when its address is private and that is not allowed', async () => {
    const tracker = yard.keep(await startTracker(() => yes));
    const url = tracker.url.replace('127.0.0.1', 'localhost');
    const ended = await yard.run({ ...settings({ url }), ALLOW_PRIVATE_TARGETS: false });
    const summary = nothingDelivered(ended, 3);
    expect(summary.exit_reason).toContain('MATOMO_URL names localhost');
    expect(ended.err).toContain('"code":"target_address_refused"');
    expect(tracker.requests).toEqual([]);
  });

  it('is not sent anything when nothing listens', async () => {
    const tracker = await startTracker(() => yes);
    await tracker.close();
    const summary = nothingDelivered(await yard.run(settings(tracker)), 3);
    expect(summary.visits.planned).toBe(0);
    expect(summary.exit_reason).toContain('ECONNREFUSED');
  });
});

/** One visit at a time: what the server saw and what was counted can be compared to the hit. */
const oneByOne = { CONCURRENCY: 1, MAX_LATENESS_SECONDS: 60, MAX_RETRIES: 0 };

describe.concurrent('a server that answers the first question and then no hit', () => {
  it.each([
    ['500', { status: 500 }, 'unknown', 20],
    ['503', { status: 503 }, 'failed', 20],
    ['400', { status: 400 }, 'rejected', 10],
    ['a cut connection', 'cut', 'unknown', 20],
  ] as const)(
    '%s: every hit is counted for what it is, and the run ends',
    async (_, answer, outcome, n) => {
      const tracker = yard.keep(await startTracker(() => answer as StubAnswer));
      const summary = nothingDelivered(await yard.run({ ...settings(tracker), ...oneByOne }), 3);
      expect(tracker.hits.length).toBe(n);
      const { planned, dropped } = summary.hits;
      expect(summary.hits).toEqual({
        planned,
        accepted: 0,
        rejected: 0,
        failed: 0,
        unknown: 0,
        [outcome]: n,
        dropped,
      });
    },
  );

  it('a port that is closed by then: surely nothing was recorded', async () => {
    const server = createServer((_, response) => {
      response.writeHead(200, { connection: 'close', 'content-type': 'text/html' }).end('Matomo');
      server.close();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const target = settings({ url: `http://127.0.0.1:${port}` });
    const summary = nothingDelivered(await yard.run({ ...target, ...oneByOne }), 3);
    const { planned, dropped } = summary.hits;
    const none = { accepted: 0, rejected: 0, unknown: 0 };
    expect(summary.hits).toEqual({ planned, ...none, failed: 20, dropped });
    expect(summary.reasons).toContainEqual(
      expect.objectContaining({ outcome: 'failed', reason: 'ECONNREFUSED', count: 20 }),
    );
  });

  it('silence, many at a time: what left is unknown, and no count is lost', async () => {
    const tracker = yard.keep(await startTracker(() => 'silence'));
    const summary = nothingDelivered(
      await yard.run({ ...settings(tracker), CONCURRENCY: 50, REQUEST_TIMEOUT_SECONDS: 3 }),
      3,
    );
    const { rejected, failed, unknown } = summary.hits;
    expect({ rejected, failed }).toEqual({ rejected: 0, failed: 0 });
    expect(unknown).toBeGreaterThanOrEqual(20);
    // Nothing was sent twice, and what the server saw is in the unknown ones.
    expect(tracker.hits.length).toBeLessThanOrEqual(unknown);
    const queries = tracker.hits.map(({ path }) => path);
    expect(new Set(queries).size).toBe(queries.length);
  });
});
