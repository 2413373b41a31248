import { describe, expect, it } from 'vitest';
import { BackfillRehearsal, haltOf } from '../testing/backfill-rehearsal.ts';
import { type Arrived, good, type Handling, noAnswer, odd } from '../testing/memory-matomo.ts';

const perDay = 40;
const lost = noAnswer(true, 'connection_lost');
/** The first request opens a day, the next two are batches of it. */
const nth = 1;

describe('a request whose fate is unknown', () => {
  const once =
    (which: number, bad: Handling) =>
    ({ order }: Arrived) =>
      order === which ? bad : good();

  it('is counted as unknown if nobody may ask (skip), and not sent again', async () => {
    const rehearsal = new BackfillRehearsal(perDay, { on_unknown: 'skip' });
    rehearsal.matomo.handle = once(nth, odd(lost, 20));
    const process = rehearsal.process();
    await process.toEnd();
    const { total } = process.run.books;
    expect(total.unknown).toBe(rehearsal.matomo.arrived[nth]?.queries.length);
    expect(process.run.books.reasons()).toEqual([
      { outcome: 'unknown', reason: 'connection_lost', count: total.unknown },
    ]);
    expect(rehearsal.matomo.looks).toEqual([]);
    expect(rehearsal.matomo.recorded.toSorted()).toEqual(rehearsal.planned);
  });

  it('of single hits costs that one hit only (skip)', async () => {
    const rehearsal = new BackfillRehearsal(perDay, { on_unknown: 'skip', delivery: 'single' });
    rehearsal.matomo.handle = once(11, odd(lost, null));
    const process = rehearsal.process();
    await process.toEnd();
    expect(process.run.books.total).toMatchObject({ unknown: 1, failed: 0, rejected: 0 });
    expect(rehearsal.matomo.recorded).toHaveLength(rehearsal.planned.length - 1);
  });

  it('is sent again without asking (resend), orders once all the same', async () => {
    const rehearsal = new BackfillRehearsal(perDay, { on_unknown: 'resend' });
    rehearsal.matomo.handle = once(nth, odd(lost, 20));
    const process = rehearsal.process();
    await process.toEnd();
    const twice = rehearsal.matomo.arrived[nth]?.queries ?? [];
    expect(rehearsal.matomo.looks).toEqual([]);
    const isOrder = (query: string) => query.includes('&ec_id=');
    expect(twice.some(isOrder)).toBe(true);
    expect(rehearsal.matomo.recorded.toSorted()).toEqual(
      [...rehearsal.planned, ...twice.filter((query) => !isOrder(query))].toSorted(),
    );
    expect(process.run.books.total).toMatchObject({ accepted: rehearsal.planned.length });
  });

  it('is looked for only until it is found, before the settle time is over', async () => {
    const rehearsal = new BackfillRehearsal(perDay, { probe_settle_seconds: 600 });
    rehearsal.matomo.handle = once(nth, odd(lost, 4_000));
    const process = rehearsal.process();
    await process.toEnd(60_000);
    expect(process.run.books.known.found).toBe(rehearsal.matomo.arrived[nth]?.queries.length);
    expect(rehearsal.matomo.looks.length).toBeLessThan(15);
  });

  it('that was recorded in part is counted as unknown: Matomo has no transactions', async () => {
    const rehearsal = new BackfillRehearsal(perDay, { probe_settle_seconds: 2 });
    const { matomo } = rehearsal;
    matomo.handle = once(nth, odd(lost, null));
    const process = rehearsal.process();
    await rehearsal.clock.advance(300);
    const half = matomo.arrived[nth]?.queries ?? [];
    matomo.recorded.push(...half.slice(0, half.length / 2));
    await process.toEnd();
    expect(process.run.books.reasons()).toEqual([
      { outcome: 'unknown', reason: 'partly_recorded', count: half.length },
    ]);
    const inLane = matomo.arrived.filter(({ queries }) => queries.includes(half[0] ?? ''));
    expect(inLane).toHaveLength(1);
  });

  it.each([[{ result: 'error', message: 'no access' }, 'its answer is no list of visits']])(
    'halts where the visitor log cannot be read, and is looked for by the next process',
    async (answer, why) => {
      const rehearsal = new BackfillRehearsal(perDay);
      rehearsal.matomo.handle = once(nth, odd(lost, 20));
      rehearsal.matomo.log = () => answer;
      const halt = await haltOf(rehearsal.process());
      expect(halt?.problem).toMatchObject({ code: 'probe_not_possible', fields: ['on_unknown'] });
      expect(halt?.problem.message).toContain(why);
      rehearsal.matomo.log = () => null;
      await rehearsal.process().toEnd();
      expect(rehearsal.matomo.recorded.toSorted()).toEqual(rehearsal.planned);
    },
  );

  it('and which was an order is known to have arrived when it is refused, even by the next process', async () => {
    const single = { delivery: 'single', probe_settle_seconds: 1 } as const;
    const rehearsal = new BackfillRehearsal(perDay, single);
    const { matomo, clock } = rehearsal;
    let lostOrders = 0;
    matomo.handle = ({ queries }) =>
      lostOrders === 0 && queries[0]?.includes('&ec_id=') && ++lostOrders > 0
        ? odd(lost, 1)
        : good();
    const process = rehearsal.process();
    while (lostOrders === 0) await clock.advance(20);
    // After the settle time, before it is sent again.
    await clock.advance(1_030);
    process.kill();
    await clock.advance(60_000);
    const next = rehearsal.process();
    await next.toEnd();
    expect(matomo.recorded.toSorted()).toEqual(rehearsal.planned);
    expect(next.run.books.total).toMatchObject({ rejected: 0, accepted: rehearsal.planned.length });
    expect(next.run.books.known.found).toBeGreaterThanOrEqual(1);
  });
});
