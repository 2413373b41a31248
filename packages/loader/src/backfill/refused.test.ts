import { describe, expect, it } from 'vitest';
import type { Answer } from '../send/answer.ts';
import { BackfillRehearsal, haltOf } from '../testing/backfill-rehearsal.ts';
import { type Arrived, good, type Handling, httpAnswer, odd } from '../testing/memory-matomo.ts';

const perDay = 40;
const json = (tracked: number, invalid: number): Answer =>
  ({
    ...httpAnswer(200, JSON.stringify({ status: 'success', tracked, invalid })),
    content_type: 'application/json',
  }) as Answer;
/** Refuses everything, as Matomo does with a bad token: without saying which. */
const refusing = ({ bulk, queries }: Arrived): Handling =>
  odd(bulk ? json(0, queries.length) : httpAnswer(400), null);
const gif = { ...httpAnswer(200, 'GIF89a'), content_type: 'image/gif' } as Answer;

describe('a token that Matomo refuses', () => {
  it.each([
    ['bulk', 2],
    ['bulk', 40],
    ['single', 2],
    ['single', 40],
  ] as const)(
    'shows at the first request (%s, %d lanes): a second would lead to a ban',
    async (delivery, lanes) => {
      // So few visits that the lanes begin on different days.
      const rehearsal = new BackfillRehearsal(4, { delivery }, { lanes, days: 20 });
      rehearsal.matomo.handle = refusing;
      const halt = await haltOf(rehearsal.process());
      expect(halt?.problem).toMatchObject({ code: 'target_refuses' });
      expect(halt?.problem.message).toMatch(
        /^Matomo refuses the hits: the first of them \[\w+\]\.$/,
      );
      expect(rehearsal.matomo.arrived).toHaveLength(1);
      rehearsal.matomo.handle = () => good();
      await rehearsal.process().toEnd();
      expect(rehearsal.matomo.recorded.toSorted()).toEqual(rehearsal.planned);
    },
  );

  it.each(['bulk', 'single'] as const)(
    'after a while ends the backfill soon (%s)',
    async (delivery) => {
      const rehearsal = new BackfillRehearsal(perDay, { delivery });
      rehearsal.matomo.handle = (request) => (request.order < 8 ? good() : refusing(request));
      const halt = await haltOf(rehearsal.process());
      expect(halt?.problem.code).toBe('target_refuses');
      expect(rehearsal.matomo.arrived.length).toBeLessThan(8 + 12);
    },
  );
});

describe('single hits that are refused', () => {
  it('are counted as rejected, and the rest goes on', async () => {
    const rehearsal = new BackfillRehearsal(perDay, { delivery: 'single' });
    rehearsal.matomo.handle = ({ order }) =>
      order % 10 === 9 ? odd(httpAnswer(400), null) : good();
    const process = rehearsal.process();
    await process.toEnd();
    const { total } = process.run.books;
    expect(total.rejected).toBe(Math.floor(rehearsal.planned.length / 10));
    expect(total.accepted).toBe(rehearsal.matomo.recorded.length);
    expect(process.run.books.reasons()).toEqual([
      { outcome: 'rejected', reason: 'refused', count: total.rejected },
    ]);
  });

  it('in a bulk request are counted by what Matomo says, named or not', async () => {
    const rehearsal = new BackfillRehearsal(perDay, { bulk_size: 60 });
    rehearsal.matomo.handle = ({ order, queries }) =>
      order === 2 ? odd(json(queries.length - 5, 3), 20) : good();
    const process = rehearsal.process();
    await process.toEnd();
    expect(process.run.books.total).toMatchObject({ rejected: 3, failed: 2, unknown: 0 });
    expect(process.run.books.reasons()).toEqual([
      { outcome: 'rejected', reason: 'refused', count: 3 },
      { outcome: 'failed', reason: 'lock_timeout', count: 2 },
    ]);
    const next = rehearsal.process();
    await next.toEnd();
    expect(next.run.books.reasons()).toEqual(process.run.books.reasons());
    expect(next.run.books.total).toEqual(process.run.books.total);
  });
});

describe('a Matomo that is no good', () => {
  it.each([
    ['tracking off', json(0, 0), 'tracking_off'],
    ['a page', httpAnswer(200), 'target_not_a_tracker'],
    ['no BulkTracking', httpAnswer(400), 'target_refuses'],
    ['a firewall', httpAnswer(403), 'target_refuses'],
    ['nothing there', httpAnswer(404), 'target_not_a_tracker'],
    ['a redirect', httpAnswer(302), 'target_refuses'],
  ] as const)('ends the backfill at once: %s', async (_, answer, code) => {
    const rehearsal = new BackfillRehearsal(perDay);
    rehearsal.matomo.handle = ({ order }) => (order < 4 ? good() : odd(answer, null));
    const halt = await haltOf(rehearsal.process());
    expect(halt?.problem.code).toBe(code);
    expect(halt?.problem.message).toMatch(/^[A-Z].*\.$/);
    expect(halt?.problem.remedy).toMatch(/^[A-Z].*\.$/);
    expect(rehearsal.matomo.arrived.length).toBeLessThanOrEqual(6);
    rehearsal.matomo.handle = () => good();
    await rehearsal.process({ probe_settle_seconds: 1 }).toEnd();
    expect(rehearsal.matomo.recorded.toSorted()).toEqual(rehearsal.planned);
  });

  it('but only hides its counts behind a debug log has recorded: it is not sent again', async () => {
    const rehearsal = new BackfillRehearsal(perDay);
    rehearsal.matomo.handle = ({ order }) =>
      order === 4 ? odd(httpAnswer(200, 'DEBUG: Debug enabled'), 20) : good();
    expect((await haltOf(rehearsal.process()))?.problem.code).toBe('target_not_a_tracker');
    await rehearsal.process().toEnd();
    expect(rehearsal.matomo.recorded.toSorted()).toEqual(rehearsal.planned);
  });
});

it('QueuedTracking counts as accepted, and the books say how much of it', async () => {
  const rehearsal = new BackfillRehearsal(perDay, { bulk_size: 60 });
  rehearsal.matomo.handle = ({ order }) => (order === 3 ? odd(gif, 9_000) : good());
  const process = rehearsal.process();
  await process.toEnd();
  expect(process.run.books.total.accepted).toBe(rehearsal.planned.length);
  expect(process.run.books.known).toEqual({
    found: 0,
    queued: rehearsal.matomo.arrived[3]?.queries.length,
  });
});
