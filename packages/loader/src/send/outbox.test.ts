import type { Outcome } from '@trafficinator/contract';
import { defaultSettings } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../pace/virtual-clock.ts';
import { builtinMaterial } from '../plan/material/builtin.ts';
import { compilePlan } from '../plan/plan.ts';
import { Breaker } from '../route/breaker.ts';
import type { Answer } from './answer.ts';
import { Outbox, type OutboxOptions } from './outbox.ts';

const plan = compilePlan(defaultSettings, builtinMaterial(), 5);
const visits = (count: number) => Array.from({ length: count }, (_, index) => plan(index));
const hitsOf = (count: number) => visits(count).reduce((sum, visit) => sum + visit.hits.length, 0);

const json = (status: number, counts: object): Answer => ({
  kind: 'http',
  status,
  content_type: 'application/json',
  retry_after_ms: null,
  body: JSON.stringify({ status: 'success', ...counts }),
});

interface Sent {
  readonly queries: string[];
  readonly token: string | undefined;
  readonly answer: (answer: Answer) => void;
}

function ground(options: Partial<OutboxOptions> = {}) {
  const clock = new VirtualClock();
  const sent: Sent[] = [];
  const outcomes: Record<Outcome, number> = {
    accepted: 0,
    rejected: 0,
    failed: 0,
    unknown: 0,
    dropped: 0,
  };
  const ended: boolean[] = [];
  const reasons = new Set<string>();
  const outbox = new Outbox(
    clock,
    5,
    {
      sendBulk: (body, answer, left) => {
        left?.();
        const { requests, token_auth } = JSON.parse(Buffer.from(body).toString());
        sent.push({ queries: requests, token: token_auth, answer });
      },
      destroy: async () => {
        for (const { answer } of sent) answer({ kind: 'none', sent: true, code: 'aborted' });
      },
    },
    new Breaker(),
    {
      bulk_size: 30,
      bulk_lanes: 1,
      max_retries: 1,
      token: 'secret',
      query: { site_id: 1, with_location: true, order_prefix: 'T-' },
      ...options,
    },
    {
      hitEnded: (outcome, reason) => {
        outcomes[outcome]++;
        if (reason !== '') reasons.add(reason);
      },
      late: () => {},
      measured: () => {},
      visitEnded: (delivered) => ended.push(delivered),
      breakerOpened: () => {},
    },
  );
  const start = (count: number) => {
    for (const visit of visits(count)) outbox.start(visit, clock.elapsed());
  };
  return { clock, sent, outcomes, ended, reasons, outbox, start };
}

const all = (sent: Sent | undefined) =>
  json(200, { tracked: sent?.queries.length ?? 0, invalid: 0 });

describe('Outbox', () => {
  it('sends whole visits, one batch of a lane at a time, and a rest after a moment', async () => {
    const { clock, sent, outcomes, ended, outbox, start } = ground();
    start(12);
    expect(sent.length).toBe(1);
    for (let at = 0; at < sent.length; at++) {
      sent[at]?.answer(all(sent[at]));
      await clock.advance(1_000);
    }
    const queries = sent.flatMap((batch) => batch.queries);
    expect(queries.length).toBe(hitsOf(12));
    expect(outcomes.accepted).toBe(hitsOf(12));
    expect(ended).toEqual(Array.from({ length: 12 }, () => true));
    expect(outbox.inFlight).toBe(0);
    for (const { queries: batch, token } of sent) {
      expect(token).toBe('secret');
      expect(batch.length).toBeLessThanOrEqual(30);
      const visitors = new Set(batch.map((query) => /cid=([0-9a-f]{16})/.exec(query)?.[1]));
      for (const other of sent) {
        if (other.queries === batch) continue;
        for (const query of other.queries) {
          expect(visitors.has(/cid=([0-9a-f]{16})/.exec(query)?.[1])).toBe(false);
        }
      }
    }
  });

  it('counts hits without a connection as failed: nobody refused them', async () => {
    const { sent, outcomes, reasons, start } = ground();
    start(6);
    sent[0]?.answer({ kind: 'none', sent: false, code: 'SELF_SIGNED_CERT_IN_CHAIN' });
    expect(outcomes).toMatchObject({ rejected: 0, failed: sent[0]?.queries.length });
    expect([...reasons]).toEqual(['certificate']);
  });

  it('calls a batch failed that was sent before and is cut short on its second way', async () => {
    const { clock, sent, outcomes, outbox, start } = ground();
    start(6);
    sent[0]?.answer({ ...all(sent[0]), status: 503 } as Answer);
    await clock.advance(60_000);
    expect(sent).toHaveLength(2);
    outbox.drain();
    sent[1]?.answer({ kind: 'none', sent: false, code: 'aborted' });
    expect(outcomes).toMatchObject({ dropped: 0, failed: sent[0]?.queries.length });
  });

  it('tells the refused hits by their places', () => {
    const { sent, outcomes, ended, start } = ground({ bulk_size: 1 });
    start(1);
    const hits = sent[0]?.queries.length ?? 0;
    sent[0]?.answer(json(200, { tracked: hits - 1, invalid: 1, invalid_indices: [1] }));
    expect(outcomes).toMatchObject({ accepted: hits - 1, rejected: 1 });
    expect(ended).toEqual([false]);
  });

  it('counts hits that Matomo lost as failed', () => {
    const { sent, outcomes, start } = ground({ bulk_size: 1 });
    start(1);
    const hits = sent[0]?.queries.length ?? 0;
    sent[0]?.answer(json(200, { tracked: hits - 2, invalid: 0 }));
    expect(outcomes).toMatchObject({ accepted: hits - 2, failed: 2 });
  });

  it('sends a rolled back batch again, but only as often as it may', async () => {
    const { clock, sent, outcomes, reasons, start } = ground({ bulk_size: 1 });
    start(1);
    const rolledBack = json(500, { status: 'error', tracked: 1, invalid: 0 });
    sent[0]?.answer(rolledBack);
    await clock.advance(10_000);
    expect(sent.length).toBe(2);
    expect(sent[1]?.queries).toEqual(sent[0]?.queries);
    sent[1]?.answer(rolledBack);
    expect(outcomes.failed).toBe(hitsOf(1));
    expect([...reasons]).toEqual(['rolled_back']);
  });

  it('never sends again what may have arrived', async () => {
    const { clock, sent, outcomes, start } = ground({ bulk_size: 1 });
    start(1);
    sent[0]?.answer({ kind: 'none', sent: true, code: 'timeout' });
    await clock.advance(60_000);
    expect(sent.length).toBe(1);
    expect(outcomes.unknown).toBe(hitsOf(1));
  });

  it('sends what waits when it drains, and gives up a wait for a retry', async () => {
    const { sent, outcomes, outbox, start } = ground();
    start(2);
    expect(sent.length).toBe(0);
    outbox.drain();
    sent[0]?.answer(all(sent[0]));
    expect(outcomes.accepted).toBe(hitsOf(2));
    expect(outbox.inFlight).toBe(0);
  });

  it('knows at an abort what was sent and what was not', async () => {
    const { outcomes, ended, outbox, start } = ground();
    start(12);
    await outbox.abort();
    expect(outcomes.unknown).toBeGreaterThan(0);
    expect(outcomes.dropped).toBeGreaterThan(0);
    expect(outcomes.unknown + outcomes.dropped).toBe(hitsOf(12));
    expect(ended.length).toBe(12);
    expect(outbox.inFlight).toBe(0);
  });
});
