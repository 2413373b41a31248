import type { Settings } from '@trafficinator/contract';
import fc from 'fast-check';
import { BackfillRehearsal, type RehearsedProcess } from './backfill-rehearsal.ts';
import { good, type Handling, httpAnswer, noAnswer, odd, rolledBack } from './memory-matomo.ts';

const settle_ms = 8_000;
/** Matomo records a request so long after it was sent at the latest: before the settle time is over. */
const latestCommit_ms = 7_950;
const timeout_ms = 5_000;

/** What Matomo does not record of negative traffic. */
export const isNegative = (query: string): boolean =>
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

/** What may happen to a backfill. */
export const disasters = fc.record({
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

export type Disaster = typeof disasters extends fc.Arbitrary<infer T> ? T : never;

/** Runs a backfill through it all, process after process, to its end. */
export async function suffer(given: Disaster, settings: Partial<Settings> = {}, days = 3) {
  const changes: Partial<Settings> = {
    bulk_size: given.bulk_size,
    request_timeout_seconds: timeout_ms / 1000,
    connect_timeout_seconds: 1,
    probe_settle_seconds: settle_ms / 1000,
    backfill_patience_seconds: 86_400,
    pageviews_min: 1,
    pageviews_max: given.pages,
    negative_traffic: given.negative,
    ...settings,
  };
  const { lanes, seed, deliveries, script } = given;
  const rehearsal = new BackfillRehearsal(given.perDay, changes, { lanes, seed, days });
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
