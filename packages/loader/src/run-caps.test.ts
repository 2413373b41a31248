import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from './pace/virtual-clock.ts';
import { audit } from './testing/audit.ts';
import { Rehearsal } from './testing/rehearsal.ts';
import { accepts, lost, type Script, status } from './testing/scripted-transport.ts';

const hour_ms = 3_600_000;
const slowly: Script = () => accepts(700);

describe('MAX_VISITS', () => {
  it('is reached exactly, whatever waits and whatever is dropped', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          visits: fc.integer({ min: 1, max: 30 }),
          concurrency: fc.constantFrom(1, 2, 50),
          perDay: fc.constantFrom(20_000, 200_000, 5_000_000),
          lateness: fc.constantFrom(0.2, 5, 600),
          answer: fc.constantFrom(accepts(0), accepts(900), status(503, 5), lost(true, 'timeout')),
        }),
        async ({ visits, concurrency, perDay, lateness, answer }) => {
          const rehearsal = new Rehearsal(
            {
              max_visits: visits,
              concurrency,
              target_visits_per_day: perDay,
              max_lateness_seconds: lateness,
            },
            // Past the start verdict, and never bad for long: the breaker has its own tests.
            { script: ({ order }) => (order % 9 === 0 ? accepts(0) : answer) },
          );
          expect(await rehearsal.toEnd()).toBe('max_visits');
          expect(audit(rehearsal)).toEqual([]);
          expect(rehearsal.visitors.length).toBe(visits);
          expect(rehearsal.state.latest()?.visits).toBe(visits);
        },
      ),
      { seed: 1, numRuns: 60 },
    );
  });

  it('holds the places of the visits that wait for the only slot', async () => {
    const rehearsal = new Rehearsal(
      { max_visits: 4, concurrency: 1, target_visits_per_day: 864_000, max_lateness_seconds: 600 },
      { script: slowly },
    ).start();
    await rehearsal.clock.advance(2_000);
    expect(rehearsal.visitors.length).toBe(1);
    expect(rehearsal.run.waiting).toBe(3);
    expect(await rehearsal.onToEnd()).toBe('max_visits');
    expect(rehearsal.tally.visits).toEqual({ planned: 4, delivered: 4, partial: 0, dropped: 0 });
  });

  it('gives a place that became free to the next arrival, not to all that were held up', async () => {
    const rehearsal = new Rehearsal(
      { max_visits: 4, concurrency: 1, target_visits_per_day: 864_000, max_lateness_seconds: 5 },
      { script: ({ order }) => accepts(order === 0 ? 30_000 : 20) },
    );
    expect(await rehearsal.toEnd()).toBe('max_visits');
    expect(audit(rehearsal)).toEqual([]);
    // While the first hit hangs, three wait at a time and are dropped every five seconds.
    expect(rehearsal.tally.visits.dropped).toBeGreaterThanOrEqual(12);
    expect(rehearsal.tally.visits.dropped).toBeLessThanOrEqual(18);
    expect(rehearsal.visitors.length).toBe(4);
  });

  it('counts over restarts, and no visitor comes twice', async () => {
    const first = new Rehearsal({ max_visits: 25 }, { script: slowly }).start();
    await first.clock.advance(9_000);
    first.run.stop();
    first.run.stop();
    expect(await first.onToEnd()).toBe('signal');
    const left = first.state.latest();
    expect(left?.visits).toBe(first.visitors.length);
    const { next_index: index, visits, active_ms } = left!;
    const from = { index, visits, active_ms };
    const second = new Rehearsal({ max_visits: 25 }, { state: first.state, from });
    expect(await second.toEnd()).toBe('max_visits');
    expect(audit(second, index)).toEqual([]);
    const both = [...first.visitors, ...second.visitors];
    expect(both.length).toBe(25);
    expect(new Set(both).size).toBe(25);
    expect(second.run.books.tally.visits.planned).toBe(25 - visits);
  });
});

/** Midnights of Stockholm around the two days that are not 24 hours long, from the zone's rules. */
const days = [
  {
    name: 'a usual day',
    start: '2026-06-10T12:00:00Z',
    midnights: ['2026-06-10T22:00:00Z', '2026-06-11T22:00:00Z'],
  },
  {
    name: 'a day of 23 hours',
    start: '2026-03-28T12:00:00Z',
    midnights: ['2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
  },
  {
    name: 'a day of 25 hours',
    start: '2026-10-24T12:00:00Z',
    midnights: ['2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'],
  },
] as const;

describe('MAX_VISITS_PER_DAY', () => {
  it.each(days)('pauses until midnight and goes on without a burst: $name', async (day) => {
    const start_ms = Date.parse(day.start);
    const midnights = day.midnights.map((text) => Date.parse(text));
    const rehearsal = new Rehearsal(
      { max_visits_per_day: 10, timezone: 'Europe/Stockholm', target_visits_per_day: 1_000_000 },
      { clock: new VirtualClock(start_ms), duration_ms: 40 * hour_ms },
    );
    expect(await rehearsal.toEnd(41 * hour_ms)).toBe('duration');
    expect(audit(rehearsal)).toEqual([]);
    expect(rehearsal.tally.visits.delivered).toBe(30);
    const slot_ms = 86_400_000 / 1_000_000;
    for (const [at, begins] of [start_ms, ...midnights].entries()) {
      for (const [n, begun] of rehearsal.begun_ms.slice(at * 10, at * 10 + 10).entries()) {
        expect(begun).toBeGreaterThanOrEqual(begins - start_ms + n * slot_ms);
        // The wall clock shows whole milliseconds, so a pause may end up to one later.
        expect(begun).toBeLessThan(begins - start_ms + (n + 1) * slot_ms + 1);
      }
    }
    const pauses = rehearsal.told.filter((told) => told.state === 'paused');
    const third = Date.parse(day.midnights[1]) + 24 * hour_ms;
    expect(pauses.map((told) => told.resumes_ms)).toEqual([...midnights, third]);
    const resumed = rehearsal.told.filter((told) => told.state === 'running').slice(1);
    expect(resumed.map((told) => told.at_ms)).toEqual(midnights);
    expect(resumed.map((told) => told.resumes_ms)).toEqual([null, null]);
  });

  it('counts a visit that waited past midnight on the day on which it begins', async () => {
    const clock = new VirtualClock(Date.parse('2026-06-10T21:59:50Z'));
    const rehearsal = new Rehearsal(
      {
        max_visits_per_day: 6,
        timezone: 'Europe/Stockholm',
        concurrency: 1,
        target_visits_per_day: 864_000,
        max_lateness_seconds: 600,
      },
      { clock, script: slowly, duration_ms: 10 * 60_000 },
    );
    await rehearsal.toEnd();
    expect(audit(rehearsal)).toEqual([]);
    const before = rehearsal.begun_ms.filter((begun) => begun < 10_000).length;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(6);
    expect(rehearsal.begun_ms.length).toBe(before + 6);
    expect(rehearsal.state.visitsOn('2026-06-10')).toBe(before);
    expect(rehearsal.state.visitsOn('2026-06-11')).toBe(6);
    expect(rehearsal.run.today()).toEqual({ date: '2026-06-11', visits: 6 });
  });

  it('is still full after a restart on the same day, and free on the next', async () => {
    const caps = { max_visits_per_day: 10, target_visits_per_day: 1_000_000, timezone: 'UTC' };
    const first = new Rehearsal(caps).start();
    await first.clock.advance(60_000);
    first.run.stop();
    await first.onToEnd();
    const { next_index: index, visits, active_ms } = first.state.latest()!;
    const from = { index, visits, active_ms };
    const second = new Rehearsal(caps, { state: first.state, from, clock: first.clock }).start();
    await second.clock.advance(hour_ms);
    expect(second.tally.visits.planned).toBe(0);
    expect(second.run.resumes_ms).toBe(Date.parse('2026-06-11T00:00:00Z'));
    await second.clock.advance(12 * hour_ms);
    expect(second.tally.visits.delivered).toBe(10);
    second.run.stop();
    expect(await second.onToEnd()).toBe('signal');
    expect(second.run.resumes_ms).toBeNull();
  });

  it('holds the places of the visits that wait for the only slot', async () => {
    const rehearsal = new Rehearsal(
      {
        max_visits_per_day: 4,
        timezone: 'UTC',
        concurrency: 1,
        target_visits_per_day: 864_000,
        max_lateness_seconds: 600,
      },
      { script: slowly, duration_ms: hour_ms },
    );
    await rehearsal.toEnd();
    expect(audit(rehearsal)).toEqual([]);
    expect(rehearsal.tally.visits).toEqual({ planned: 4, delivered: 4, partial: 0, dropped: 0 });
  });

  it('does not count visits that were dropped without a slot', async () => {
    const rehearsal = new Rehearsal(
      {
        max_visits_per_day: 5,
        timezone: 'UTC',
        concurrency: 1,
        target_visits_per_day: 864_000,
        max_lateness_seconds: 0.5,
      },
      { script: slowly, duration_ms: hour_ms },
    );
    await rehearsal.toEnd();
    expect(audit(rehearsal)).toEqual([]);
    expect(rehearsal.tally.visits.dropped).toBeGreaterThan(0);
    expect(rehearsal.visitors.length).toBe(5);
  });
});

describe('the time limits', () => {
  it('a duration ends the arrivals at its moment; what runs is finished', async () => {
    const rehearsal = new Rehearsal({ concurrency: 500 }, { script: slowly, duration_ms: 60_000 });
    expect(await rehearsal.toEnd()).toBe('duration');
    expect(rehearsal.tally.visits).toEqual({ planned: 60, delivered: 60, partial: 0, dropped: 0 });
    expect(Math.max(...rehearsal.begun_ms)).toBeLessThan(60_000);
    expect(rehearsal.clock.elapsed()).toBeGreaterThan(60_000);
  });

  it('AUTO_STOP_AFTER_HOURS counts what the run has run before', async () => {
    const from = { index: 1_800, visits: 1_800, active_ms: 0.5 * hour_ms };
    const rehearsal = new Rehearsal({ auto_stop_after_hours: 0.51 }, { from });
    expect(await rehearsal.toEnd()).toBe('auto_stop');
    expect(audit(rehearsal, 1_800)).toEqual([]);
    expect(rehearsal.tally.visits.planned).toBe(36);
    expect(rehearsal.state.latest()?.active_ms).toBeGreaterThanOrEqual(0.51 * hour_ms - 1_000);
  });

  it('a time limit ends a pause too', async () => {
    const caps = { max_visits_per_day: 1, auto_stop_after_hours: 1, timezone: 'UTC' };
    const rehearsal = new Rehearsal(caps);
    expect(await rehearsal.toEnd(2 * hour_ms)).toBe('auto_stop');
    expect(rehearsal.clock.elapsed()).toBe(hour_ms);
    expect(rehearsal.run.resumes_ms).toBeNull();
  });

  it('a run whose time was over before it began sends nothing', async () => {
    const from = { index: 10, visits: 10, active_ms: 2 * hour_ms };
    const rehearsal = new Rehearsal({ auto_stop_after_hours: 1 }, { from });
    expect(await rehearsal.toEnd()).toBe('auto_stop');
    expect(rehearsal.transport.sent).toEqual([]);
    expect(rehearsal.tally.visits.planned).toBe(0);
  });
});
