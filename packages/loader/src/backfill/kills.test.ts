import type { Settings } from '@trafficinator/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BackfillRehearsal, type RehearsedProcess } from '../testing/backfill-rehearsal.ts';
import {
  good,
  type Handling,
  httpAnswer,
  noAnswer,
  odd,
  rolledBack,
} from '../testing/memory-matomo.ts';

/** A visit that goes wrong so often while others succeed is given up. */
const triesOfAVisit = 8;
const settle_ms = 8_000;
/** Matomo records a request so long after it was sent at the latest: before the settle time is over. */
const latestCommit_ms = 7_950;
const timeout_ms = 5_000;

const isNegative = (query: string): boolean =>
  /&urlref=http%3A%2F%2F/.test(query) ||
  /(bot|crawler|spider)([^a-z&]|&|$)/i.test(userAgentIn(query));
const userAgentIn = (query: string): string => new URLSearchParams(query).get('ua') ?? '';

const lost = noAnswer(true, 'connection_lost');

/** The ways in which a request can go wrong, with the commit before or after the connection is lost. */
const handlings = fc.constantFrom<Handling>(
  odd(lost, null, 1),
  odd(lost, null, 2_500),
  odd(lost, 300, 300),
  odd(lost, 2_500, 2_500),
  odd(lost, latestCommit_ms, 300),
  { commit_ms: null, answer_ms: null, answer: null },
  { commit_ms: 300, answer_ms: null, answer: null },
  { commit_ms: latestCommit_ms, answer_ms: null, answer: null },
  odd(rolledBack, null, 300),
  odd(rolledBack, null, 2_500),
  odd(httpAnswer(503, '', 1_000), null),
  odd(httpAnswer(502), null),
  odd(httpAnswer(502), 20),
  odd(httpAnswer(504), latestCommit_ms, 4_000),
  odd(noAnswer(false, 'ECONNREFUSED'), null),
  good(3_500),
);

const disasters = fc.record({
  /** What becomes of the requests, good ones between; afterwards all is well. */
  script: fc.array(fc.option(handlings, { freq: 2 }), { maxLength: 40 }),
  /** Virtual time until each kill. */
  kills: fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 6 }),
  lanes: fc.constantFrom(1, 2, 5),
  deliveries: fc.array(fc.constantFrom('bulk' as const, 'single' as const), {
    minLength: 1,
    maxLength: 3,
  }),
  bulk_size: fc.constantFrom(1, 20, 60),
  seed: fc.integer({ min: 1, max: 50 }),
  perDay: fc.constantFrom(1, 3, 12),
  pages: fc.constantFrom(1, 4),
  negative: fc.constantFrom(null, { bots: 0.3 }, { spam_referrers: 0.9 }, { ai_fetchers: 1 }),
});

async function suffer(given: typeof disasters extends fc.Arbitrary<infer T> ? T : never) {
  const changes: Partial<Settings> = {
    bulk_size: given.bulk_size,
    request_timeout_seconds: timeout_ms / 1000,
    connect_timeout_seconds: 1,
    probe_settle_seconds: settle_ms / 1000,
    backfill_patience_seconds: 86_400,
    pageviews_min: 1,
    pageviews_max: given.pages,
    negative_traffic: given.negative,
  };
  const { lanes, seed, deliveries, script } = given;
  const rehearsal = new BackfillRehearsal(given.perDay, changes, { lanes, seed });
  rehearsal.matomo.excludes = isNegative;
  rehearsal.matomo.handle = ({ order }) => script[order] ?? good();
  const next = (nth: number): RehearsedProcess =>
    rehearsal.process({ delivery: deliveries[nth % deliveries.length] as 'bulk' | 'single' });
  let processes = 0;
  let process = next(processes++);
  for (const after_ms of given.kills) {
    await rehearsal.clock.advance(after_ms);
    if (process.ended !== null) break;
    process.kill();
    process = next(processes++);
  }
  await process.toEnd();
  return { rehearsal, process };
}

describe('whatever happens, and whenever the process is killed', () => {
  it('every hit is recorded once, and the report adds up', async () => {
    await fc.assert(
      fc.asyncProperty(disasters, async (given) => {
        const { rehearsal, process } = await suffer(given);
        const { planned } = rehearsal;
        const recorded = recordedOnce(rehearsal.matomo.recorded);
        const { total, known, days, negative } = process.run.books;
        const excluded = planned.filter(isNegative).length;
        expect(new Set(recorded).size).toBe(recorded.length);
        expect(new Set(planned).isSupersetOf(new Set(recorded))).toBe(true);
        expect(total).toMatchObject({
          hits: planned.length,
          visits: total.planned_visits,
          rejected: 0,
        });
        // What was given up without anybody being able to tell may be there or not.
        expect(total.accepted + total.failed + total.unknown).toBe(planned.length);
        expect(recorded.length + excluded).toBeGreaterThanOrEqual(total.accepted);
        expect(recorded.length).toBeLessThanOrEqual(total.accepted + total.unknown);
        expect(negative.total.negative_hits).toBe(excluded);
        // Only what fails time and again while others succeed is given up.
        const troubles = given.script.filter((handling) => handling !== null).length;
        if (troubles < triesOfAVisit) expect(total.accepted).toBe(planned.length);
        expect(known.found).toBeLessThanOrEqual(total.accepted);
        expect(days.reduce((sum, day) => sum + day.hits, 0)).toBe(total.hits);
        const reasons = process.run.books.reasons();
        expect(reasons.reduce((sum, { count }) => sum + count, 0)).toBe(
          total.failed + total.unknown,
        );
      }),
      {
        seed: Number(globalThis.process.env.S ?? 20260610),
        numRuns: Number(globalThis.process.env.N ?? 150),
      },
    );
  });
});

/**
 * What is recorded, with each ping once: one that is sent again changes nothing in Matomo, for it sets the
 * visit's length, which it had set.
 */
function recordedOnce(queries: readonly string[]): string[] {
  const isPing = (query: string) => query.includes('&ping=1');
  return [...queries.filter((query) => !isPing(query)), ...new Set(queries.filter(isPing))];
}
