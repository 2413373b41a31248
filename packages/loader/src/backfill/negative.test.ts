import { describe, expect, it } from 'vitest';
import { BackfillRehearsal } from '../testing/backfill-rehearsal.ts';
import { type Arrived, good, httpAnswer, noAnswer, odd } from '../testing/memory-matomo.ts';

const isBot = (query: string): boolean => /(bot|spider)([^a-z]|$)/i.test(agentOf(query));
const agentOf = (query: string): string => new URLSearchParams(query).get('ua') ?? '';
const lost = noAnswer(true, 'connection_lost');

/** A backfill of which a share of the visits is of bots, which its Matomo does not record. */
function withBots(share: number, perDay = 20): BackfillRehearsal {
  const changes = { negative_traffic: { bots: share }, bulk_size: 20, probe_settle_seconds: 10 };
  const rehearsal = new BackfillRehearsal(perDay, changes, { lanes: 2 });
  rehearsal.matomo.excludes = isBot;
  return rehearsal;
}
const isAllOfBots = ({ queries }: Arrived): boolean => queries.every(isBot);

describe('a backfill with negative traffic', () => {
  it('opens each day with a hit that Matomo records', async () => {
    for (const share of [0.3, 0.9]) {
      const rehearsal = withBots(share);
      const { matomo } = rehearsal;
      await rehearsal.process().toEnd();
      const single = matomo.arrived.filter(({ queries }) => queries.length === 1);
      const openers = rehearsal.journal.openers();
      expect(openers).toHaveLength(3);
      for (const { first_index } of openers) {
        expect(rehearsal.maker.opener(first_index).visit.negative).toBeUndefined();
      }
      expect(single.filter((request) => !isAllOfBots(request)).length).toBeGreaterThanOrEqual(3);
      const sent = matomo.arrived.flatMap(({ queries }) => queries).sort();
      expect(sent).toEqual(rehearsal.planned);
    }
  });

  it('of bots alone opens no day and is sent all the same', async () => {
    const rehearsal = withBots(1);
    const process = rehearsal.process();
    expect(await process.toEnd()).toEqual({ filled: true });
    expect(rehearsal.journal.openers()).toEqual([]);
    expect(rehearsal.matomo.recorded).toEqual([]);
    const { total, negative } = process.run.books;
    expect(total.accepted).toBe(rehearsal.planned.length);
    expect(negative.total).toEqual({ negative_visits: total.visits, negative_hits: total.hits });
  });

  it('sends a batch of bots again at once when the answer is lost, and looks for nobody', async () => {
    const rehearsal = withBots(1, 6);
    const { matomo } = rehearsal;
    matomo.handle = ({ order }) => (order < 2 ? odd(lost, null, 30) : good());
    const process = rehearsal.process();
    await process.toEnd();
    expect(matomo.looks).toEqual([]);
    const [first] = matomo.arrived;
    const again = matomo.arrived.find(
      ({ order, queries }) => order > 1 && queries.join() === first?.queries.join(),
    );
    expect((again?.at_ms ?? 0) - (first?.at_ms ?? 0)).toBeLessThan(10_000);
    expect(process.run.books.total.accepted).toBe(rehearsal.planned.length);
  });

  it('looks for visitors that Matomo records when the answer to a mixed batch is lost', async () => {
    const rehearsal = withBots(0.7);
    const { matomo } = rehearsal;
    const isMixed = (request: Arrived) => request.queries.some(isBot) && !isAllOfBots(request);
    matomo.handle = (request) => {
      const before = matomo.arrived.slice(0, -1).filter(isMixed).length;
      return isMixed(request) && before === 0 ? odd(lost, 10, 30) : good();
    };
    const process = rehearsal.process();
    await process.toEnd();
    expect(matomo.looks.length).toBeGreaterThan(0);
    const bots = new Set(
      rehearsal.planned.filter(isBot).map((query) => /cid=(\w+)/.exec(query)?.[1]),
    );
    for (const { segment } of matomo.looks) {
      expect(bots.has(segment?.replace('visitorId==', ''))).toBe(false);
    }
    // Found recorded, so nothing of it was sent twice.
    expect(process.run.books.known.found).toBeGreaterThan(0);
    expect(matomo.arrived.flatMap(({ queries }) => queries).sort()).toEqual(rehearsal.planned);
  });

  it('sends a bot’s single hit again when the answer is lost', async () => {
    const changes = { negative_traffic: { bots: 1 }, delivery: 'single' as const };
    const rehearsal = new BackfillRehearsal(4, changes, { lanes: 1 });
    rehearsal.matomo.excludes = isBot;
    rehearsal.matomo.handle = ({ order }) => (order === 1 ? odd(httpAnswer(502), null) : good());
    const process = rehearsal.process();
    await process.toEnd();
    expect(rehearsal.matomo.looks).toEqual([]);
    expect(process.run.books.total.accepted).toBe(rehearsal.planned.length);
  });

  it('counts what an earlier process sent', async () => {
    const rehearsal = withBots(0.5);
    const first = rehearsal.process();
    await rehearsal.clock.advance(60);
    first.kill();
    const next = rehearsal.process();
    await next.toEnd();
    const { negative, total, days } = next.run.books;
    const planned = rehearsal.planned.filter(isBot).length;
    expect(negative.total.negative_hits).toBe(planned);
    expect(total.hits).toBe(rehearsal.planned.length);
    const byDay = days.map((_, day) => negative.of(day).negative_hits);
    expect(byDay.reduce((a, b) => a + b, 0)).toBe(planned);
  });
});
