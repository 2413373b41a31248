import { describe, expect, it } from 'vitest';
import { BackfillRehearsal, haltOf } from '../testing/backfill-rehearsal.ts';
import {
  type Arrived,
  good,
  type Handling,
  httpAnswer,
  noAnswer,
  odd,
  rolledBack,
} from '../testing/memory-matomo.ts';

const perDay = 40;

/** Handles requests badly from the nth on, until the Matomo was in trouble for so long. */
const outage =
  (from: number, lasts_ms: number, bad: Handling) =>
  ({ order, at_ms }: Arrived): Handling => {
    if (order === from) began_ms = at_ms;
    return order >= from && at_ms < began_ms + lasts_ms ? bad : good();
  };
let began_ms = 0;

describe('an outage', () => {
  it.each([
    ['nobody there', odd(noAnswer(false, 'ECONNREFUSED'), null)],
    ['503', odd(httpAnswer(503), null)],
    ['a database that is away', odd(rolledBack, null)],
    ['a gateway without a server', odd(httpAnswer(502), null)],
  ])('costs time and nothing else: %s for a minute', async (_, bad) => {
    const rehearsal = new BackfillRehearsal(perDay, { bulk_size: 40, probe_settle_seconds: 2 });
    rehearsal.matomo.handle = outage(5, 60_000, bad);
    const process = rehearsal.process();
    await process.toEnd();
    expect(rehearsal.matomo.recorded.toSorted()).toEqual(rehearsal.planned);
    expect(process.run.books.total).toMatchObject({ failed: 0, unknown: 0, rejected: 0 });
    // It does not hammer at a server in trouble, and takes hardly any batch apart.
    const undisturbed = new BackfillRehearsal(perDay, { bulk_size: 40 });
    await undisturbed.process().toEnd();
    const batches = (of: BackfillRehearsal) => [...of.journal.finished()].length;
    expect(batches(rehearsal)).toBeLessThanOrEqual(batches(undisturbed) + 6);
    expect(rehearsal.matomo.arrived.length - batches(rehearsal)).toBeLessThan(45);
  });

  it('that lasts longer than the patience halts; the next process goes on', async () => {
    const rehearsal = new BackfillRehearsal(perDay, { backfill_patience_seconds: 30 });
    rehearsal.matomo.handle = outage(6, 100_000, odd(httpAnswer(503), null));
    const halt = await haltOf(rehearsal.process());
    expect(halt?.problem).toMatchObject({ code: 'target_unreachable' });
    expect(halt?.problem.message).toMatch(/^Nothing has succeeded for \d\d s \(http_503\)\.$/);
    await rehearsal.clock.advance(100_000);
    await rehearsal.process().toEnd();
    expect(rehearsal.matomo.recorded.toSorted()).toEqual(rehearsal.planned);
  });

  it('is not what a slow rate looks like', async () => {
    const slow = { backfill_rps_limit: 0.02, backfill_patience_seconds: 20, bulk_size: 60 };
    const rehearsal = new BackfillRehearsal(4, slow);
    rehearsal.matomo.handle = ({ order }) => (order === 3 ? odd(httpAnswer(503), null) : good());
    expect(await haltOf(rehearsal.process())).toBeNull();
    expect(rehearsal.matomo.recorded.toSorted()).toEqual(rehearsal.planned);
  });

  it('waits as long as Retry-After says', async () => {
    const rehearsal = new BackfillRehearsal(4, {}, { lanes: 1 });
    rehearsal.matomo.handle = ({ order }) =>
      order === 1 ? odd(httpAnswer(503, '', 17_000), null) : good();
    await rehearsal.process().toEnd();
    const [, refused, next] = rehearsal.matomo.arrived;
    expect((next?.at_ms ?? 0) - (refused?.at_ms ?? 0)).toBeGreaterThanOrEqual(17_000);
  });
});

describe('a visit that Matomo cannot stand', () => {
  const poisoned = (index: number) => {
    const rehearsal = new BackfillRehearsal(perDay, { bulk_size: 60 });
    const { visit } = rehearsal.maker.opener(index < 0 ? rehearsal.schedule.visits + index : index);
    const isPoison = (query: string) => query.includes(`&cid=${visit.visitor.id}&`);
    return { rehearsal, visit, isPoison };
  };

  it.each([0, 1, 17, 60, -1])(
    'is found and counted as failed, the rest is recorded (%d)',
    async (index) => {
      const { rehearsal, visit, isPoison } = poisoned(index);
      rehearsal.matomo.handle = ({ queries }) =>
        queries.some(isPoison) ? odd(rolledBack, null) : good();
      const process = rehearsal.process();
      await process.toEnd();
      expect(rehearsal.matomo.recorded.toSorted()).toEqual(
        rehearsal.planned.filter((query) => !isPoison(query)),
      );
      const { total } = process.run.books;
      expect(total).toMatchObject({ failed: visit.hits.length, unknown: 0, rejected: 0 });
      expect(total.visits).toBe(total.planned_visits);
      expect(process.run.books.reasons()).toEqual([
        { outcome: 'failed', reason: 'rolled_back', count: visit.hits.length },
      ]);
      expect(rehearsal.matomo.arrived.length).toBeLessThan(120);
    },
  );

  it('is found too when PHP dies of it without a word', async () => {
    const { rehearsal, visit, isPoison } = poisoned(20);
    rehearsal.matomo.handle = ({ queries }) =>
      queries.some(isPoison) ? odd(httpAnswer(500), null) : good();
    const process = rehearsal.process({ probe_settle_seconds: 1 });
    await process.toEnd();
    expect(process.run.books.total).toMatchObject({ failed: visit.hits.length, unknown: 0 });
    expect(process.run.books.reasons()[0]).toMatchObject({ reason: 'http_500' });
  });

  it('costs only its bad hit when hits go one by one', async () => {
    const rehearsal = new BackfillRehearsal(perDay);
    const [, second] = rehearsal.maker.queriesOf(rehearsal.maker.gather(0, 20, 1).hits);
    const isBad = (query: string) => query === second;
    rehearsal.matomo.handle = ({ queries }) =>
      queries.some(isBad) ? odd(httpAnswer(500), null) : good();
    const process = rehearsal.process({ delivery: 'single', probe_settle_seconds: 1 });
    await process.toEnd();
    expect(process.run.books.total).toMatchObject({ failed: 1, unknown: 0, rejected: 0 });
    expect(rehearsal.matomo.recorded.toSorted()).toEqual(
      rehearsal.planned.filter((query) => !isBad(query)),
    );
  });

  it('is given up for the same reason after a kill', async () => {
    const single = { delivery: 'single', probe_settle_seconds: 1 } as const;
    const rehearsal = new BackfillRehearsal(perDay, single);
    const { matomo, clock } = rehearsal;
    const [, bad, next] = rehearsal.maker.queriesOf(rehearsal.maker.gather(0, 20, 1).hits);
    matomo.handle = ({ queries }) =>
      queries.some((query) => query === bad) ? odd(httpAnswer(500), null) : good();
    const first = rehearsal.process();
    while (!matomo.arrived.some(({ queries }) => queries.some((query) => query === next))) {
      await clock.advance(20);
    }
    first.kill();
    await clock.advance(60_000);
    const second = rehearsal.process();
    await second.toEnd();
    expect(second.run.books.reasons()).toMatchObject([{ reason: 'http_500', count: 1 }]);
  });

  it('is not given up by a process that knows of no success; the next ones go on', async () => {
    const { rehearsal } = poisoned(0);
    rehearsal.matomo.handle = () => odd(rolledBack, null);
    for (let n = 0; n < 3; n++) {
      const halt = await haltOf(rehearsal.process({ backfill_patience_seconds: 40 }));
      expect(halt?.problem.code).toBe('target_unreachable');
    }
    rehearsal.matomo.handle = () => good();
    await rehearsal.process().toEnd();
    expect(rehearsal.matomo.recorded.toSorted()).toEqual(rehearsal.planned);
  });
});

describe('requests that are too large', () => {
  const limited =
    (most: number) =>
    ({ queries }: Arrived) =>
      queries.length > most ? odd(httpAnswer(413), null) : good();

  it.each([100, 45, 20])('are halved until the server takes them (%d hits)', async (most) => {
    const rehearsal = new BackfillRehearsal(perDay, { bulk_size: 300 });
    rehearsal.matomo.handle = limited(most);
    const process = rehearsal.process();
    await process.toEnd();
    expect(rehearsal.matomo.recorded.toSorted()).toEqual(rehearsal.planned);
    expect(process.run.books.total.failed).toBe(0);
    const refused = rehearsal.matomo.arrived.filter(({ queries }) => queries.length > most);
    expect(refused.length).toBeLessThan(20);
  });

  it('as single visits end it with a sentence of its own', async () => {
    const rehearsal = new BackfillRehearsal(perDay);
    rehearsal.matomo.handle = limited(2);
    const halt = await haltOf(rehearsal.process());
    expect(halt?.problem).toMatchObject({ code: 'target_refuses' });
    expect(halt?.problem.message).toMatch(/takes no request of \d+ bytes \(status 413\)/);
    expect(halt?.problem.remedy).toContain('client_max_body_size');
  });
});

describe('a Matomo that hangs', () => {
  it('gets smaller requests, so that it can answer in time', async () => {
    const rehearsal = new BackfillRehearsal(120, { bulk_size: 300, probe_settle_seconds: 5 });
    // 200 ms a hit: what has more than 150 is cut off by the server itself.
    rehearsal.matomo.handle = ({ queries }) =>
      queries.length > 150
        ? { commit_ms: null, answer_ms: null, answer: null }
        : good(queries.length * 190);
    const process = rehearsal.process();
    await process.toEnd();
    expect(rehearsal.matomo.recorded.toSorted()).toEqual(rehearsal.planned);
    expect(process.run.size.hits).toBeLessThan(150);
  });

  it('for ever is no endless loop', async () => {
    const rehearsal = new BackfillRehearsal(perDay, { probe_settle_seconds: 1 });
    rehearsal.matomo.handle = () => ({ commit_ms: null, answer_ms: null, answer: null });
    const halt = await haltOf(rehearsal.process());
    expect(halt?.problem.code).toBe('target_unreachable');
    expect(rehearsal.matomo.arrived.length).toBeLessThan(40);
  });
});
