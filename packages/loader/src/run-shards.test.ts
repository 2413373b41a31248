import { type Settings, shareOf } from '@trafficinator/contract';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { VirtualClock } from './pace/virtual-clock.ts';
import { audit } from './testing/audit.ts';
import { Rehearsal } from './testing/rehearsal.ts';

/** Start of the schedule, some seconds after the virtual clocks begin. */
const start_ms = new VirtualClock().now() + 10_000;
const base: Partial<Settings> = {
  seed: 7,
  run_started_at: new Date(start_ms).toISOString(),
  target_visits_per_day: 172_800,
};

/** A process that begins so long after the clocks do. */
async function processOf(changes: Partial<Settings>, late_ms = 0): Promise<Rehearsal> {
  const clock = new VirtualClock();
  await clock.advance(late_ms);
  return new Rehearsal({ ...base, ...changes }, { clock });
}

const all = (count: number) => Array.from({ length: count }, (_, index) => index);

/** What the far end saw: which request, at which moment (epoch ms). */
function seen({ transport, startedAt_ms }: Rehearsal): string[] {
  return transport.sent.map(
    ({ query, sent_ms }) => `${(startedAt_ms + sent_ms).toFixed(3)} ${query}`,
  );
}

it('shards send together what one process would, each request once and at its moment', async () => {
  const some = { numRuns: 12, seed: 5 };
  const shapes = fc.constantFrom<Partial<Settings>>(
    {},
    { traffic_shape: 'business' },
    { spikes: '06-10:2', growth_percent_per_year: 30 },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 6, max: 40 }),
      shapes,
      async (count, max_visits, shape) => {
        const whole = await processOf({ max_visits, ...shape });
        await whole.toEnd();
        const shards: Rehearsal[] = [];
        for (const index of all(count)) {
          const shard = `${index}/${count}`;
          // They begin at different times before the common start.
          const one = await processOf({ max_visits, ...shape, shard }, index * 1_300);
          await one.toEnd();
          expect(audit(one)).toEqual([]);
          const planned_per_day = one.settings.target_visits_per_day / count;
          if (max_visits >= 30 && Object.keys(shape).length === 0) {
            expect(one.run.achievedPerDay / planned_per_day).toBeGreaterThan(0.5);
            expect(one.run.achievedPerDay / planned_per_day).toBeLessThan(1.5);
          }
          expect(one.tally.visits.planned).toBe(shareOf({ index, count }, max_visits));
          shards.push(one);
        }
        expect(shards.flatMap(seen).sort()).toEqual(seen(whole).sort());
      },
    ),
    some,
  );
});

it('a shard that begins late leaves out what is past, and keeps the moments of the rest', async () => {
  const duration = { auto_stop_after_hours: 60 / 3_600, shard: '1/2' };
  const prompt = await processOf(duration);
  await prompt.toEnd();
  const late = await processOf(duration, 25_000);
  await late.toEnd();
  const known = new Set(seen(prompt).filter((request) => Number.parseFloat(request) >= start_ms));
  const first_ms = start_ms + 15_000;
  const expected = [...known].filter((request) => Number.parseFloat(request) >= first_ms);
  const both = seen(late).filter((request) => known.has(request));
  // Visits that had begun before it came are not its own.
  expect(expected.length - both.length).toBeLessThan(20);
  expect(both.length).toBeGreaterThan(50);
  expect(Math.min(...seen(late).map(Number.parseFloat))).toBeGreaterThanOrEqual(first_ms);
  expect(late.run.books.lateness.percentiles()?.p99).toBeLessThan(1);
});

it('goes on after a stop where the schedule is then', async () => {
  const settings = { shard: '0/3', auto_stop_after_hours: 60 / 3_600 };
  const whole = await processOf(settings);
  await whole.toEnd();

  const first = await processOf(settings);
  first.start();
  await first.clock.advance(30_000);
  first.run.stop();
  await first.onToEnd();
  await first.clock.advance(10_000);
  const latest = first.state.latest()!;
  const from = { index: latest.next_index, visits: latest.visits, active_ms: 0 };
  const second = new Rehearsal(
    { ...base, ...settings },
    { clock: first.clock, state: first.state, from },
  );
  await second.toEnd();
  const visitors = [first.visitors, second.visitors].flat();
  expect(new Set(visitors).size).toBe(visitors.length);
  expect(second.visitors.length).toBeGreaterThan(10);
  const sentByWhole = new Map(whole.visitors.map((visitor, at) => [visitor, whole.begun_ms[at]!]));
  const again = second.visitors.filter((visitor) => sentByWhole.has(visitor));
  expect(again.length).toBeGreaterThan(10);
  for (const visitor of again) {
    const at_ms = second.begun_ms[second.visitors.indexOf(visitor)]!;
    expect(at_ms).toBeCloseTo(sentByWhole.get(visitor)!, 3);
  }
});

it('fills its share of the daily cap, and goes on the next day', async () => {
  const days: number[] = [];
  for (const index of all(3)) {
    const one = await processOf({ max_visits_per_day: 20, shard: `${index}/3`, timezone: 'UTC' });
    one.start();
    await one.clock.advance(120_000);
    days.push(one.visitors.length);
    expect(one.told.at(-1)?.state).toBe('paused');
    one.run.stop();
    await one.onToEnd();
  }
  expect(days).toEqual([7, 7, 6]);
});
