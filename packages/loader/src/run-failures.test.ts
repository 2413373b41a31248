import { describe, expect, it } from 'vitest';
import { audit } from './testing/audit.ts';
import { Rehearsal } from './testing/rehearsal.ts';
import { accepts, lost, type Reaction, silence, status } from './testing/scripted-transport.ts';

const one = { concurrency: 1 };

describe('the verdict at the start', () => {
  it('ten refusals before any acceptance end the run: the target refuses', async () => {
    const rehearsal = new Rehearsal(one, { script: () => status(400) });
    expect(await rehearsal.toEnd()).toBe('target_refuses');
    expect(audit(rehearsal)).toEqual([]);
    expect(rehearsal.transport.sent.length).toBe(10);
    expect(rehearsal.tally.hits).toMatchObject({ accepted: 0, rejected: 10, unknown: 0 });
    expect(rehearsal.tally.visits.delivered).toBe(0);
  });

  it('so do ten refusals that arrive while others are out; those become unknown', async () => {
    const rehearsal = new Rehearsal(
      { concurrency: 50 },
      { script: ({ order }) => (order < 5 ? silence() : status(400)) },
    );
    expect(await rehearsal.toEnd()).toBe('target_refuses');
    expect(audit(rehearsal)).toEqual([]);
    expect(rehearsal.tally.hits).toMatchObject({ rejected: 10, unknown: 5 });
  });

  it('a refusal in the turn in which it was sent is counted once', async () => {
    const rehearsal = new Rehearsal({ concurrency: 50 }, { script: () => status(400, 0) });
    expect(await rehearsal.toEnd()).toBe('target_refuses');
    expect(audit(rehearsal)).toEqual([]);
    expect(rehearsal.tally.hits.rejected).toBe(10);
  });

  it('nine refusals and an acceptance do not', async () => {
    const rehearsal = new Rehearsal(
      { ...one, max_visits: 40 },
      { script: ({ order }) => (order === 9 ? accepts() : status(400)) },
    );
    expect(await rehearsal.toEnd()).toBe('max_visits');
    expect(audit(rehearsal)).toEqual([]);
    expect(rehearsal.tally.hits.accepted).toBe(1);
    expect(rehearsal.tally.hits.dropped).toBe(0);
  });

  it.each([
    ['500', status(500), 'unknown'],
    ['429', status(429), 'failed'],
    ['503', status(503), 'failed'],
    ['time-outs', lost(true, 'timeout'), 'unknown'],
    ['resets', lost(true, 'connection_lost'), 'unknown'],
    ['refused connections', lost(false, 'ECONNREFUSED'), 'failed'],
    ['a bad certificate', lost(false, 'SELF_SIGNED_CERT_IN_CHAIN'), 'failed'],
  ] as const)(
    'twenty in a row of %s end the run: the target is unreachable',
    async (_, answer, outcome) => {
      const rehearsal = new Rehearsal(one, { script: () => answer });
      expect(await rehearsal.toEnd()).toBe('target_unreachable');
      expect(audit(rehearsal)).toEqual([]);
      expect(rehearsal.transport.sent.length).toBe(20);
      expect(rehearsal.tally.hits[outcome]).toBeGreaterThan(0);
      expect(rehearsal.tally.visits.delivered).toBe(0);
    },
  );

  it('nineteen and an acceptance do not', async () => {
    const rehearsal = new Rehearsal(
      { ...one, max_visits: 8 },
      { script: ({ order }) => (order < 19 ? lost(true, 'timeout') : accepts()) },
    );
    expect(await rehearsal.toEnd()).toBe('max_visits');
    expect(audit(rehearsal)).toEqual([]);
    expect(rehearsal.tally.hits.unknown).toBe(19);
    expect(rehearsal.tally.hits.dropped).toBe(0);
  });

  it('a target that never answers leaves no hit without an outcome', async () => {
    const rehearsal = new Rehearsal({}, { script: () => lost(true, 'timeout', 30_000) });
    expect(await rehearsal.toEnd()).toBe('target_unreachable');
    expect(audit(rehearsal)).toEqual([]);
    expect(rehearsal.tally.hits.accepted).toBe(0);
  });
});

describe('retries', () => {
  const hitsOf = (rehearsal: Rehearsal) => rehearsal.plan(0).hits.length;

  it.each([0, 1, 3, 20])(
    'a hit is sent again MAX_RETRIES=%i times, then it is failed',
    async (max_retries) => {
      const rehearsal = new Rehearsal(
        { max_visits: 1, max_retries },
        // The breaker must not have its say: every other hit is taken.
        { script: ({ order }) => (order <= max_retries && order < 19 ? status(503) : accepts()) },
      );
      await rehearsal.toEnd();
      expect(audit(rehearsal)).toEqual([]);
      const failed = max_retries < 19 ? 1 : 0;
      expect(rehearsal.tally.hits.failed).toBe(failed);
      expect(rehearsal.transport.sent.length).toBe(hitsOf(rehearsal) + Math.min(max_retries, 19));
    },
  );

  it('a hit that is taken at last is accepted, and its visit delivered', async () => {
    const answers: Reaction[] = [lost(false, 'ECONNREFUSED'), status(429, 20, 5_000), accepts()];
    const rehearsal = new Rehearsal(
      { max_visits: 1 },
      { script: ({ order }) => answers[order] ?? accepts() },
    );
    await rehearsal.toEnd();
    expect(audit(rehearsal)).toEqual([]);
    expect(rehearsal.tally.visits.delivered).toBe(1);
    const [, second, third] = rehearsal.transport.sent;
    expect((third?.sent_ms ?? 0) - (second?.answered_ms ?? 0)).toBeGreaterThanOrEqual(5_000);
  });

  it.each([
    ['a server error', status(500)],
    ['a bad gateway', status(502)],
    ['a gateway time-out', status(504)],
    ['a reset after sending', lost(true, 'connection_lost')],
    ['a time-out', lost(true, 'timeout')],
    ['a refusal', status(400)],
    ['a bad certificate', lost(false, 'SELF_SIGNED_CERT_IN_CHAIN')],
  ])('nothing is sent again after %s', async (_, answer) => {
    const rehearsal = new Rehearsal(
      { max_visits: 1, max_retries: 20 },
      { script: ({ order }) => (order === 1 ? answer : accepts()) },
    );
    await rehearsal.toEnd();
    expect(audit(rehearsal)).toEqual([]);
    expect(rehearsal.transport.sent.length).toBe(hitsOf(rehearsal));
    expect(rehearsal.tally.visits.partial).toBe(1);
  });
});

describe('the breaker', () => {
  it('opens, drops, probes at longer and longer intervals, and recovers', async () => {
    const good_ms = 30_000;
    const bad_ms = 200_000;
    const rehearsal = new Rehearsal(
      { target_visits_per_day: 864_000, max_retries: 0, concurrency: 500 },
      {
        script: ({ sent_ms }) =>
          sent_ms < good_ms || sent_ms >= bad_ms ? accepts() : lost(true, 'timeout', 10),
        duration_ms: 300_000,
      },
    );
    expect(await rehearsal.toEnd()).toBe('duration');
    expect(audit(rehearsal)).toEqual([]);
    const { sent } = rehearsal.transport;
    const bad = sent.filter(({ sent_ms }) => sent_ms >= good_ms && sent_ms < bad_ms);
    const opened = bad[19]?.answered_ms ?? 0;
    const probes = bad.filter(({ sent_ms }) => sent_ms > opened).map(({ sent_ms }) => sent_ms);
    const breaks = probes.map((at, n) => at - (n === 0 ? opened : (probes[n - 1] ?? 0)));
    // Each break is over when the next visit arrives: 100 ms on average, and 10 ms for the answer.
    const expected = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000];
    expect(breaks.length).toBe(expected.length);
    for (const [n, at_least] of expected.entries()) {
      expect(breaks[n]).toBeGreaterThanOrEqual(at_least);
      expect(breaks[n]).toBeLessThan(at_least + 300);
    }
    expect(rehearsal.run.breaker.state).toBe('closed');
    const later = rehearsal.begun_ms.filter((begun) => begun > bad_ms + 31_000);
    expect(later.length).toBeGreaterThan(600);
    const reasons = rehearsal.tally.reasons();
    expect(reasons[0]).toMatchObject({ outcome: 'dropped', reason: 'breaker_open' });
  });

  it('visits that it turns away do not use up MAX_VISITS', async () => {
    const rehearsal = new Rehearsal(
      { max_visits: 100, concurrency: 2, target_visits_per_day: 864_000, max_retries: 0 },
      {
        script: ({ order, sent_ms }) =>
          order < 10 || sent_ms > 60_000 ? accepts() : lost(true, 'connection_lost'),
      },
    );
    expect(await rehearsal.toEnd()).toBe('max_visits');
    expect(audit(rehearsal)).toEqual([]);
    expect(rehearsal.visitors.length).toBe(100);
  });
});
