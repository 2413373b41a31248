import { describe, expect, it } from 'vitest';
import { Caps } from './account/caps.ts';
import { VirtualClock } from './pace/virtual-clock.ts';
import { audit } from './testing/audit.ts';
import { freshState, Rehearsal } from './testing/rehearsal.ts';
import { accepts, type Script } from './testing/scripted-transport.ts';

const hour_ms = 3_600_000;
/** Ten visits arrive while one hit is answered. */
const crowded = { concurrency: 1, target_visits_per_day: 864_000, max_lateness_seconds: 600 };
const slowly: Script = () => accepts(900);

/** A run to a target with caps of its own, 0 for none, and the memory that they count in. */
function capped(perDay: number, inAll: number, clock = new VirtualClock()) {
  const state = freshState(clock);
  const own_caps = new Caps(state, 'UTC', perDay, inAll, 0);
  const options = { script: slowly, clock, own_caps, duration_ms: hour_ms };
  return { rehearsal: new Rehearsal({ ...crowded, timezone: 'UTC' }, options), state };
}

describe('caps of a target alone', () => {
  it.each([
    ['in all', 0, 5],
    ['a day', 5, 0],
  ])('are exact when visits wait for the only slot: %s', async (_, perDay, inAll) => {
    const { rehearsal, state } = capped(perDay, inAll);
    await rehearsal.toEnd(2 * hour_ms);
    expect(audit(rehearsal)).toEqual([]);
    expect(rehearsal.visitors.length).toBe(5);
    // Those over the cap are not this target's: they are neither planned nor dropped.
    expect(rehearsal.tally.visits).toEqual({ planned: 5, delivered: 5, partial: 0, dropped: 0 });
    expect(state.latest()?.visits).toBe(5);
    expect(rehearsal.run.waiting).toBe(0);
  });

  it('hold for the day on which a visit begins, also one that waited past midnight', async () => {
    const clock = new VirtualClock(Date.parse('2026-06-10T23:59:50Z'));
    const { rehearsal, state } = capped(6, 0, clock);
    await rehearsal.toEnd(2 * hour_ms);
    const before = state.visitsOn('2026-06-10');
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(6);
    expect(state.visitsOn('2026-06-11')).toBe(6);
    expect(rehearsal.visitors.length).toBe(before + 6);
    expect(rehearsal.tally.visits).toMatchObject({ delivered: before + 6, dropped: 0 });
  });

  it('leave the caps of the settings as they are: the stricter ones hold', async () => {
    const own_caps = new Caps(freshState(new VirtualClock()), 'UTC', 0, 50, 0);
    const rehearsal = new Rehearsal({ ...crowded, max_visits: 4 }, { script: slowly, own_caps });
    expect(await rehearsal.toEnd()).toBe('max_visits');
    expect(rehearsal.visitors.length).toBe(4);
  });
});
