import { describe, expect, it } from 'vitest';
import { audit } from './testing/audit.ts';
import { Rehearsal } from './testing/rehearsal.ts';
import { accepts, silence, status } from './testing/scripted-transport.ts';

const longPauses = { pause_between_pvs_min: 100, pause_between_pvs_max: 100 };

const reasonsOf = (rehearsal: Rehearsal) =>
  rehearsal.tally.reasons().map(({ outcome, reason }) => `${outcome} ${reason}`);

describe('the first stop', () => {
  it('skips the pauses of compressed visits and delivers them in full', async () => {
    const rehearsal = new Rehearsal({ ...longPauses, drain_seconds: 30 }).start();
    await rehearsal.clock.advance(10_000);
    expect(rehearsal.run.inFlight).toBe(10);
    rehearsal.run.stop();
    expect(rehearsal.told.at(-1)?.state).toBe('draining');
    expect(await rehearsal.onToEnd()).toBe('signal');
    expect(audit(rehearsal)).toEqual([]);
    expect(rehearsal.tally.visits).toEqual({ planned: 10, delivered: 10, partial: 0, dropped: 0 });
    // The longest visit, hit after hit, 20 ms each; the clock moves by whole seconds.
    expect(rehearsal.clock.elapsed()).toBeLessThanOrEqual(12_000);
  });

  it('lets nothing new begin, and drops what waits for a slot', async () => {
    const rehearsal = new Rehearsal({ ...longPauses, concurrency: 4 }).start();
    await rehearsal.clock.advance(7_000);
    expect(rehearsal.run.waiting).toBe(3);
    rehearsal.run.stop();
    await rehearsal.onToEnd();
    expect(audit(rehearsal)).toEqual([]);
    expect(rehearsal.tally.visits).toEqual({ planned: 7, delivered: 4, partial: 0, dropped: 3 });
    expect(reasonsOf(rehearsal)).toEqual(['dropped shutdown']);
  });

  it('keeps the moments of realtime visits until DRAIN_SECONDS are over', async () => {
    const rehearsal = new Rehearsal({
      visit_pacing: 'realtime',
      visit_duration_min: 0.5,
      visit_duration_max: 3,
      concurrency: 500,
      drain_seconds: 60,
    }).start();
    await rehearsal.clock.advance(40_000);
    const before = rehearsal.transport.sent.length;
    rehearsal.run.stop();
    await rehearsal.clock.advance(59_999);
    expect(rehearsal.ended).toBeNull();
    const { sent } = rehearsal.transport;
    expect(sent.length).toBeGreaterThan(before);
    expect(rehearsal.tally.hits.dropped).toBe(0);
    for (const [index, begun] of rehearsal.begun_ms.entries()) {
      const visit = rehearsal.plan(index);
      const of = sent.filter((one) => one.visitor === visit.visitor.id);
      for (const [at, one] of of.entries()) {
        const due_ms = begun + (visit.hits[at]?.offset_ms ?? 0);
        expect(one.sent_ms).toBeGreaterThanOrEqual(due_ms - 0.001);
      }
    }
    await rehearsal.clock.advance(1);
    expect(rehearsal.ended).toBe('signal');
    expect(audit(rehearsal)).toEqual([]);
    expect(rehearsal.tally.visits.delivered).toBeGreaterThan(0);
    expect(rehearsal.tally.visits.partial).toBeGreaterThan(0);
    expect(reasonsOf(rehearsal)).toEqual(['dropped shutdown']);
  });

  it.each(['compressed', 'realtime'] as const)(
    'ends a %s visit that waits for a retry, and sends nothing more of it',
    async (visit_pacing) => {
      const rehearsal = new Rehearsal(
        { max_retries: 3, concurrency: 50, visit_pacing, visit_duration_max: 2 },
        { script: ({ order }) => (order === 1 ? status(429, 20, 20_000) : accepts()) },
      ).start();
      await rehearsal.clock.advance(10_000);
      const { sent } = rehearsal.transport;
      const refused = sent[1]?.visitor;
      const sentOf = () => sent.filter(({ visitor }) => visitor === refused).length;
      const before = sentOf();
      rehearsal.run.stop();
      const { failed, dropped, unknown } = rehearsal.tally.hits;
      expect([failed, unknown]).toEqual([1, 0]);
      expect(dropped).toBeGreaterThan(0);
      expect(reasonsOf(rehearsal).toSorted()).toEqual([
        'dropped shutdown',
        'failed retries_cut_short',
      ]);
      await rehearsal.onToEnd();
      expect(audit(rehearsal)).toEqual([]);
      expect(sentOf()).toBe(before);
      expect(rehearsal.tally.hits).toMatchObject({ failed: 1, unknown: 0 });
    },
  );

  it('a refusal while draining is not retried', async () => {
    const rehearsal = new Rehearsal(longPauses, {
      script: ({ sent_ms }) => (sent_ms < 5_000 ? accepts() : status(503)),
    }).start();
    await rehearsal.clock.advance(5_000);
    rehearsal.run.stop();
    await rehearsal.onToEnd();
    expect(audit(rehearsal)).toEqual([]);
    expect(reasonsOf(rehearsal)).toContain('failed http_503');
    const queries = rehearsal.transport.sent.map(({ query }) => query);
    expect(new Set(queries).size).toBe(queries.length);
  });

  it('with DRAIN_SECONDS=0 leaves off at once', async () => {
    const rehearsal = new Rehearsal({ ...longPauses, drain_seconds: 0 }).start();
    await rehearsal.clock.advance(5_000);
    rehearsal.run.stop();
    await rehearsal.clock.advance(0);
    expect(rehearsal.ended).toBe('signal');
    expect(audit(rehearsal)).toEqual([]);
  });

  it('ends a paused run at once, and it no longer says when it will go on', async () => {
    const rehearsal = new Rehearsal({ max_visits_per_day: 3 }).start();
    await rehearsal.clock.advance(60_000);
    expect(rehearsal.told.at(-1)?.state).toBe('paused');
    expect(rehearsal.run.resumes_ms).not.toBeNull();
    rehearsal.run.stop();
    expect(rehearsal.run.resumes_ms).toBeNull();
    expect(rehearsal.told.at(-1)?.resumes_ms).toBeNull();
    await rehearsal.clock.advance(0);
    expect(rehearsal.ended).toBe('signal');
    expect(rehearsal.tally.visits.delivered).toBe(3);
  });
});

describe('what was out when everything stops', () => {
  const stuck = (leaves: boolean) =>
    new Rehearsal(
      { ...longPauses, drain_seconds: 30 },
      { script: ({ order }) => (order < 5 ? accepts() : silence(leaves)) },
    ).start();

  it('a second stop ends the run at once: sent is unknown, unsent is dropped', async () => {
    const rehearsal = stuck(true);
    await rehearsal.clock.advance(8_000);
    rehearsal.run.stop();
    await rehearsal.clock.advance(1_000);
    expect(rehearsal.ended).toBeNull();
    rehearsal.run.stop();
    await rehearsal.clock.advance(0);
    expect(rehearsal.ended).toBe('signal');
    expect(audit(rehearsal)).toEqual([]);
    // Three visits hang in their first hit, five were woken into their second.
    expect(rehearsal.tally.hits).toMatchObject({ accepted: 5, unknown: 8 });
    expect(rehearsal.tally.visits).toEqual({ planned: 8, delivered: 0, partial: 8, dropped: 0 });
    expect(reasonsOf(rehearsal).toSorted()).toEqual(['dropped shutdown', 'unknown aborted']);
  });

  it('what was still in the queue of the connections is dropped, not unknown', async () => {
    const rehearsal = stuck(false);
    await rehearsal.clock.advance(8_000);
    rehearsal.run.stop();
    rehearsal.run.stop();
    await rehearsal.onToEnd();
    expect(audit(rehearsal)).toEqual([]);
    expect(rehearsal.tally.hits).toMatchObject({ accepted: 5, unknown: 0 });
  });

  it('the end of the drain does the same as a second stop', async () => {
    const rehearsal = stuck(true);
    await rehearsal.clock.advance(8_000);
    rehearsal.run.stop();
    await rehearsal.clock.advance(29_999);
    expect(rehearsal.ended).toBeNull();
    await rehearsal.clock.advance(1);
    expect(rehearsal.ended).toBe('signal');
    expect(audit(rehearsal)).toEqual([]);
    expect(rehearsal.tally.hits.unknown).toBe(8);
  });

  it('a hit that was refused once and then never left again is failed', async () => {
    const rehearsal = new Rehearsal(
      { max_visits: 1 },
      { script: ({ order }) => (order === 0 ? status(429) : silence(false)) },
    ).start();
    await rehearsal.clock.advance(10_000);
    rehearsal.run.stop();
    rehearsal.run.stop();
    await rehearsal.onToEnd();
    expect(audit(rehearsal)).toEqual([]);
    expect(rehearsal.tally.hits.failed).toBe(1);
  });

  it('a stop after the end changes nothing', async () => {
    const rehearsal = new Rehearsal({ max_visits: 2 });
    expect(await rehearsal.toEnd()).toBe('max_visits');
    const told = rehearsal.told.length;
    rehearsal.run.stop();
    await rehearsal.clock.advance(60_000);
    expect(rehearsal.ended).toBe('max_visits');
    expect(rehearsal.told.length).toBe(told);
  });
});
