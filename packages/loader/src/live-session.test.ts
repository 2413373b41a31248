import { defaultSettings, type Settings } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { LiveSession } from './live-session.ts';
import { VirtualClock } from './pace/virtual-clock.ts';

const hour_ms = 3_600_000;
const noon_ms = Date.UTC(2026, 10, 26, 12);

function sessionOf(changes: Partial<Settings>) {
  const clock = new VirtualClock(noon_ms);
  const settings = { ...defaultSettings, timezone: 'UTC', ...changes };
  return { clock, session: new LiveSession(clock, '0', settings, []) };
}

describe('what a session tells of its volume', () => {
  it('is the day’s, and another after midnight', async () => {
    const { clock, session } = sessionOf({ spikes: '2026-11-27:3' });
    const told = () => {
      const { today, rate } = session.status();
      return [today.target, rate.planned_per_day];
    };
    expect(told()).toEqual([20_000, 20_000]);
    await clock.advance(12 * hour_ms);
    expect(told()).toEqual([60_000, 60_000]);
    expect(session.meanLevel(noon_ms, noon_ms + 24 * hour_ms)).toBe(2);
  });

  it('grows from the day on which the run began', () => {
    const { session } = sessionOf({ growth_percent_per_year: 50 });
    session.beganAt(noon_ms - 365 * 24 * hour_ms);
    expect(session.status().today.target).toBe(30_000);
  });

  it('is what was asked for, to the last digit, where all days are alike', () => {
    const { session } = sessionOf({ target_visits_per_day: 0.15 });
    expect(session.status().today.target).toBe(0.15);
    expect(session.meanLevel(noon_ms, noon_ms + hour_ms)).toBe(1);
  });
});
