import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audit } from './testing/audit.ts';
import { recountDays } from './testing/recount.ts';
import { Rehearsal } from './testing/rehearsal.ts';
import { accepts, lost, type Reaction, silence, status } from './testing/scripted-transport.ts';

describe('a run that all goes well', () => {
  it('delivers every visit, hit by hit in order, and says so', async () => {
    const rehearsal = new Rehearsal({ max_visits: 40 });
    expect(await rehearsal.toEnd()).toBe('max_visits');
    expect(audit(rehearsal)).toEqual([]);
    const { hits, visits } = rehearsal.tally;
    expect(visits).toEqual({ planned: 40, delivered: 40, partial: 0, dropped: 0 });
    expect(hits.accepted).toBe(rehearsal.transport.sent.length);
    expect(rehearsal.visitors).toEqual(
      Array.from({ length: 40 }, (_, i) => rehearsal.plan(i).visitor.id),
    );
    expect(rehearsal.told.map((t) => t.state)).toEqual(['running', 'draining']);
  });

  it('predicts what a recount of the accepted queries finds, day by day', async () => {
    const rehearsal = new Rehearsal(
      {
        max_visits: 400,
        timezone: 'Europe/Stockholm',
        target_visits_per_day: 400,
        visit_duration_max: 200,
        ecommerce_probability: 0.3,
      },
      { script: ({ order }) => (order % 7 === 3 ? status(400) : accepts()) },
    );
    await rehearsal.toEnd(86_400_000);
    const accepted = rehearsal.transport.sent.filter(
      ({ answer }) => answer?.kind === 'http' && answer.status === 204,
    );
    const days = rehearsal.run.books.ledger?.days() ?? new Map();
    const recount = recountDays(accepted, 'Europe/Stockholm');
    expect([...days.keys()]).toEqual([...recount.keys()]);
    expect(Object.fromEntries(days)).toMatchObject(Object.fromEntries(recount));
    expect(days.size).toBeGreaterThan(1);
    expect(rehearsal.run.books.ledger?.total().visits).toBeGreaterThan(400);
  });
});

const page = { status: 200, content_type: 'text/html', retry_after_ms: null, body: '<p>' };
const reactionOf = {
  yes: (after_ms: number) => accepts(after_ms),
  400: (after_ms: number) => status(400, after_ms),
  429: (after_ms: number, retry: number | null) => status(429, after_ms, retry),
  500: (after_ms: number) => status(500, after_ms),
  503: (after_ms: number, retry: number | null) => status(503, after_ms, retry),
  page: (after_ms: number): Reaction => ({ after_ms, answer: { kind: 'http', ...page } }),
  timeout: () => lost(true, 'timeout', 5_000),
  reset: (after_ms: number) => lost(true, 'connection_lost', after_ms),
  unsent: (after_ms: number) => lost(false, 'ECONNREFUSED', after_ms),
  certificate: (after_ms: number) => lost(false, 'SELF_SIGNED_CERT_IN_CHAIN', after_ms),
  silence: () => silence(true),
  queued: () => silence(false),
};
const waysToEnd = Object.keys(reactionOf) as (keyof typeof reactionOf)[];

/** Every way a request can end, a yes more often than the others. */
const reactions: fc.Arbitrary<Reaction> = fc
  .tuple(
    fc.constantFrom(0, 5, 300, 4_000),
    fc.oneof({ weight: 10, arbitrary: fc.constant('yes' as const) }, fc.constantFrom(...waysToEnd)),
    fc.constantFrom(null, 0, 1_000, 20_000),
  )
  .map(([after_ms, what, retry_after_ms]) => reactionOf[what](after_ms, retry_after_ms));

const runs = fc.record({
  /** Reactions one after another, some of them many times: an outage. */
  script: fc
    .array(fc.tuple(reactions, fc.constantFrom(1, 1, 2, 30)), { minLength: 1, maxLength: 20 })
    .map((parts) => parts.flatMap(([reaction, times]) => Array<Reaction>(times).fill(reaction))),
  /** Requests that are accepted before the script begins: past the start verdict or not. */
  good: fc.constantFrom(0, 1, 30),
  concurrency: fc.constantFrom(1, 2, 30),
  pacing: fc.constantFrom('compressed' as const, 'realtime' as const),
  retries: fc.constantFrom(0, 1, 3),
  perDay: fc.constantFrom(20_000, 86_400, 2_000_000),
  cap: fc.constantFrom(0, 7),
  visits: fc.constantFrom(0, 1, 25),
  lateness: fc.constantFrom(0.5, 5),
  drain: fc.constantFrom(0, 2, 30),
  stopAt_ms: fc.constantFrom(0, 900, 20_000, 200_000),
  again_ms: fc.constantFrom(null, 0, 1_500),
});

describe('whatever the target does', () => {
  it('every hit has one outcome, and the books say what the far end saw', async () => {
    await fc.assert(
      fc.asyncProperty(runs, async (given) => {
        const { script, good } = given;
        const rehearsal = new Rehearsal(
          {
            concurrency: given.concurrency,
            visit_pacing: given.pacing,
            visit_duration_max: 1.5,
            max_retries: given.retries,
            target_visits_per_day: given.perDay,
            max_visits_per_day: given.cap,
            max_visits: given.visits,
            max_lateness_seconds: given.lateness,
            drain_seconds: given.drain,
          },
          {
            script: ({ order }) =>
              order < good ? accepts() : (script[(order - good) % script.length] as Reaction),
          },
        ).start();
        await rehearsal.clock.advance(given.stopAt_ms);
        rehearsal.run.stop();
        if (given.again_ms !== null) {
          await rehearsal.clock.advance(given.again_ms);
          rehearsal.run.stop();
        }
        await rehearsal.onToEnd(60_000);
        expect(audit(rehearsal)).toEqual([]);
        expect(rehearsal.transport.out).toBe(0);
        const begun = rehearsal.visitors.length;
        if (given.cap > 0) expect(begun).toBeLessThanOrEqual(given.cap);
        if (given.visits > 0) expect(begun).toBeLessThanOrEqual(given.visits);
      }),
      { seed: 20260610, numRuns: 400 },
    );
  });
});
