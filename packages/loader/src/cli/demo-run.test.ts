import { describe, expect, it } from 'vitest';
import { systemClock } from '../edge/clock.ts';
import type { Clock } from '../pace/clock.ts';
import { differences } from './comparison.ts';
import { runDemo } from './demo-run.ts';

/** The machine's clock, but it is `date` when it is made. */
function clockAt(date: string): Clock {
  const shift_ms = Date.parse(date) - systemClock.now();
  return { ...systemClock, now: () => systemClock.now() + shift_ms };
}

const demoAt = (date: string, seed: number) =>
  runDemo({ visits: 120, seed, clock: clockAt(date), running: () => {}, beat: () => {} });

describe('the demo', () => {
  it.each([
    ['at noon', '2026-06-10T12:00:00+02:00', 1],
    ['just before midnight', '2026-06-10T23:59:59.700+02:00', 2],
    ['soon after midnight', '2026-06-11T00:03:00+02:00', 3],
    ['soon after the midnight of a new year', '2027-01-01T00:02:00+01:00', 4],
    ['while clocks go forward', '2026-03-29T03:02:00+02:00', 5],
    ['after the midnight of a day of 25 hours', '2026-10-26T00:02:00+01:00', 6],
  ])('finds every number equal %s', async (_, date, seed) => {
    const { planned, recorded, books } = await demoAt(date, seed);
    expect(books.tally.visits.delivered).toBe(120);
    expect(differences(planned, recorded)).toEqual([]);
    expect(recorded.visits).toBeGreaterThanOrEqual(120);
  });

  it('counts a visit over midnight as two', async () => {
    const { planned } = await demoAt('2026-06-11T00:03:00+02:00', 3);
    expect(planned.visits).toBeGreaterThan(120);
    expect(planned.returning_visits).toBe(planned.visits - 120);
    expect(planned.unique_visitors).toBe(planned.visits);
  });
});
