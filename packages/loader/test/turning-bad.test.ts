import { startFakeMatomo } from '@trafficinator/fake-matomo';
import { afterAll, describe, expect, it } from 'vitest';
import { quick, summaryOf, Yard } from './loader-process.ts';
import type { StubAnswer } from './stub-server.ts';
import { startTracker, yes } from './tracker-stub.ts';

const yard = new Yard();
afterAll(() => yard.close());

const good = 50;
let states = 0;
const settings = (url: string) => ({
  ...quick,
  MATOMO_URL: url,
  STATE_DIR: yard.path(`state-${++states}`),
  MAX_CONNECTIONS: 200,
  MAX_RETRIES: 0,
  MAX_VISITS: 1_000,
});
const briefly = ['run', '--json', '--duration', '900ms'];

describe.concurrent('a server that turns bad after some good hits', () => {
  it.each([
    ['500', { status: 500 }, 'unknown'],
    ['a cut connection', 'cut', 'unknown'],
    ['503', { status: 503 }, 'failed'],
    ['400', { status: 400 }, 'rejected'],
  ] as const)(
    '%s: what it took is accepted, and the run ends as not delivered',
    async (...told) => {
      const [, answer, outcome] = told;
      const bad: StubAnswer = answer;
      const tracker = yard.keep(await startTracker((nth) => (nth < good ? yes : bad)));
      const ended = await yard.run(settings(tracker.url), briefly);
      const summary = summaryOf(ended);
      expect(ended.code).toBe(4);
      expect(summary.exit_reason).toContain('not delivered');
      const { planned, accepted, dropped } = summary.hits;
      expect(accepted).toBe(good);
      const taken = tracker.hits.filter((hit) => hit.answer === yes).length;
      expect(taken).toBe(good);
      // Every request that arrived is one hit, and the bad ones all ended the same way.
      expect(tracker.hits.length).toBe(planned - dropped);
      expect(summary.hits[outcome]).toBe(tracker.hits.length - good);
      const queries = tracker.hits.map(({ path }) => path);
      expect(new Set(queries).size).toBe(queries.length);
    },
  );

  it('silence: a hit is accepted or unknown, and nothing is sent again', async () => {
    const tracker = yard.keep(await startTracker((nth) => (nth < good ? yes : 'silence')));
    const run = { ...settings(tracker.url), REQUEST_TIMEOUT_SECONDS: 2 };
    const ended = await yard.run(run, briefly);
    const { accepted, unknown, rejected, failed } = summaryOf(ended).hits;
    expect(ended.code).toBe(4);
    // A yes that comes too late is unknown, so a slow machine may count fewer.
    expect(accepted).toBeGreaterThan(0);
    expect(accepted).toBeLessThanOrEqual(good);
    expect(accepted + unknown).toBe(tracker.hits.length);
    expect({ rejected, failed }).toEqual({ rejected: 0, failed: 0 });
    const queries = tracker.hits.map(({ path }) => path);
    expect(new Set(queries).size).toBe(queries.length);
  });

  it('503 now and then, with retries: everything arrives once, and the run is a success', async () => {
    const tracker = yard.keep(
      await startTracker((nth) =>
        nth % 4 === 3 ? { status: 503, headers: { 'retry-after': '0' } } : yes,
      ),
    );
    const run = { ...settings(tracker.url), MAX_RETRIES: 20, MAX_VISITS: 30 };
    const ended = await yard.run(run);
    const summary = summaryOf(ended);
    expect(ended.code).toBe(0);
    expect(summary.visits).toEqual({ planned: 30, delivered: 30, partial: 0, dropped: 0 });
    const taken = tracker.hits.filter((hit) => hit.answer === yes).map(({ path }) => path);
    expect(taken.length).toBe(summary.hits.accepted);
    expect(new Set(taken).size).toBe(taken.length);
  });
});

describe.concurrent('a server that records what it does not confirm', () => {
  it.each([
    ['cuts the connection', { reset_after_commit: { share: 0.1 } }],
    ['never answers', { never_answer: { commit: true, share: 0.1 } }],
    ['loses the request', { reset_before_commit: { share: 0.1 } }],
  ])('%s: what is recorded lies between accepted and accepted + unknown', async (_, faults) => {
    const matomo = yard.keep(await startFakeMatomo({}));
    // With this seed the bare question before the run is spared.
    matomo.faults.set({ seed: 1, ...faults });
    const run = { ...settings(matomo.url), MATOMO_TOKEN_AUTH: matomo.token, MAX_VISITS: 20 };
    const summary = summaryOf(await yard.run({ ...run, REQUEST_TIMEOUT_SECONDS: 2 }));
    const { accepted, unknown, failed, rejected } = summary.hits;
    const stats = matomo.stats();
    const silently = Object.values(stats.excluded).reduce((sum, n) => sum + n, 0);
    const recorded = stats.hits_recorded + silently;
    expect({ failed, rejected }).toEqual({ failed: 0, rejected: 0 });
    expect(accepted).toBeGreaterThan(0);
    expect(unknown).toBeGreaterThan(0);
    expect(recorded).toBeGreaterThanOrEqual(accepted);
    expect(recorded).toBeLessThanOrEqual(accepted + unknown);
  });
});
