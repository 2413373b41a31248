import { describe, expect, it } from 'vitest';
import { BackfillRehearsal } from '../testing/backfill-rehearsal.ts';
import { good } from '../testing/memory-matomo.ts';

const slow_ms = 4_000;

function ground(changes: ConstructorParameters<typeof BackfillRehearsal>[1] = {}) {
  const rehearsal = new BackfillRehearsal(40, { bulk_size: 60, ...changes }, { lanes: 3 });
  rehearsal.matomo.handle = () => good(slow_ms);
  return { rehearsal, process: rehearsal.process() };
}
const statesOf = ({ journal }: BackfillRehearsal) =>
  [0, 1, 2].flatMap((lane) => journal.open(lane).map(({ state }) => state));

describe('a stop', () => {
  it.each(['bulk', 'single'] as const)(
    'waits for the requests under way and begins no more (%s)',
    async (delivery) => {
      const { rehearsal, process } = ground({ delivery });
      await rehearsal.clock.advance(slow_ms * 2.5);
      const sent = rehearsal.matomo.arrived.length;
      expect(sent).toBeGreaterThan(3);
      process.run.stop(false);
      expect(await process.toEnd(slow_ms)).toEqual({ filled: false });
      expect(rehearsal.matomo.arrived).toHaveLength(sent);
      const told = rehearsal.matomo.arrived.reduce((sum, { queries }) => sum + queries.length, 0);
      expect(rehearsal.matomo.recorded).toHaveLength(told);
      expect(statesOf(rehearsal).filter((state) => state !== 'rolled_back')).toEqual([]);
      if (delivery === 'bulk') expect(process.run.books.total.accepted).toBe(told);

      const looks = rehearsal.matomo.looks.length;
      await rehearsal.process().toEnd();
      expect(rehearsal.matomo.looks).toHaveLength(looks);
      expect(rehearsal.matomo.recorded.toSorted()).toEqual(rehearsal.planned);
    },
  );

  it('at once cuts them off; what became of them is found out later', async () => {
    const { rehearsal, process } = ground();
    await rehearsal.clock.advance(slow_ms * 2.5);
    process.run.stop(false);
    process.run.stop(true);
    const before_ms = rehearsal.clock.elapsed();
    expect(await process.toEnd(1_000)).toEqual({ filled: false });
    expect(rehearsal.clock.elapsed() - before_ms).toBeLessThanOrEqual(500);
    expect(statesOf(rehearsal)).toContain('unknown');
    await rehearsal.process().toEnd();
    expect(rehearsal.matomo.recorded.toSorted()).toEqual(rehearsal.planned);
  });

  it('at once ends single hits under way too', async () => {
    const { rehearsal, process } = ground({ delivery: 'single' });
    await rehearsal.clock.advance(slow_ms * 2.5);
    process.run.stop(true);
    expect(await process.toEnd(1_000)).toEqual({ filled: false });
    await rehearsal.process({ delivery: 'single' }).toEnd();
    expect(rehearsal.matomo.recorded.toSorted()).toEqual(rehearsal.planned);
  });

  it('ends waiting for leave, for a back-off and for the settle time', async () => {
    const { rehearsal, process } = ground({ backfill_rps_limit: 0.01 });
    await rehearsal.clock.advance(slow_ms * 2);
    process.run.stop(false);
    expect(await process.toEnd(1_000)).toEqual({ filled: false });
    expect(rehearsal.matomo.arrived.length).toBeLessThanOrEqual(2);

    rehearsal.matomo.handle = () => ({ commit_ms: null, answer_ms: null, answer: null });
    const settling = rehearsal.process({ probe_settle_seconds: 600, request_timeout_seconds: 1 });
    await rehearsal.clock.advance(5_000);
    settling.run.stop(false);
    expect(await settling.toEnd(1_000)).toEqual({ filled: false });

    rehearsal.matomo.handle = () => good();
    await rehearsal.process({ probe_settle_seconds: 1 }).toEnd();
    expect(rehearsal.matomo.recorded.toSorted()).toEqual(rehearsal.planned);
  });

  it('of a finished backfill changes nothing, and it is over only once', async () => {
    const rehearsal = new BackfillRehearsal(10);
    await rehearsal.process().toEnd();
    const { ended_at_ms } = rehearsal.journal.latest() ?? {};
    expect(ended_at_ms).not.toBeNull();
    await rehearsal.clock.advance(60_000);
    expect(await rehearsal.process().toEnd()).toEqual({ filled: true });
    expect(rehearsal.journal.latest()?.ended_at_ms).toBe(ended_at_ms);
    expect(rehearsal.matomo.recorded.toSorted()).toEqual(rehearsal.planned);
  });
});
