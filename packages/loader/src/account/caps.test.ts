import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf } from '../pace/calendar.ts';
import { Caps } from './caps.ts';
import { MemoryState } from './memory-state.ts';

const run = { run_id: 'r', seed: 1, started_at_ms: 0, settings_digest: 'd' };
const state = () => {
  const memory = new MemoryState();
  memory.begin(run);
  return memory;
};
const at = (iso: string) => Date.parse(iso);
const noon = at('2026-06-10T12:00Z');

describe('caps', () => {
  it('permit everything when there are none', () => {
    const caps = new Caps(state(), 'UTC', 0, 0, 0);
    for (let n = 0; n < 1_000; n++) caps.reserve(n, noon, 0);
    expect(caps.permit(noon, 1e6)).toEqual({ kind: 'go' });
    expect(caps.hasRoom(noon)).toBe(true);
  });

  it('of the run: hold while those that wait would fill it, end when it is filled', () => {
    const caps = new Caps(state(), 'UTC', 0, 10, 7);
    expect(caps.permit(noon, 2)).toEqual({ kind: 'go' });
    expect(caps.permit(noon, 3)).toEqual({ kind: 'hold' });
    for (const n of [7, 8, 9]) caps.reserve(n, noon, 0);
    expect(caps.permit(noon, 0)).toEqual({ kind: 'end', reason: 'max_visits' });
    expect(caps.hasRoom(noon)).toBe(false);
  });

  it('of the day: pause until midnight of the zone, then there is room again', () => {
    const caps = new Caps(state(), 'Europe/Stockholm', 2, 0, 0);
    expect(caps.permit(noon, 2)).toEqual({ kind: 'hold' });
    for (const n of [0, 1]) caps.reserve(n, noon, 0);
    const until_ms = at('2026-06-10T22:00Z');
    expect(caps.permit(noon, 0)).toEqual({ kind: 'pause', until_ms });
    expect(caps.permit(until_ms - 1, 0).kind).toBe('pause');
    expect(caps.permit(until_ms, 0)).toEqual({ kind: 'go' });
    expect(caps.today(until_ms)).toEqual({ date: '2026-06-11', visits: 0 });
    expect(caps.today(noon)).toEqual({ date: '2026-06-10', visits: 2 });
  });

  it('of both: the end comes before the pause', () => {
    const caps = new Caps(state(), 'UTC', 3, 3, 0);
    for (const n of [0, 1, 2]) caps.reserve(n, noon, 0);
    expect(caps.permit(noon, 0).kind).toBe('end');
  });

  it('of the day count what other runs have begun', () => {
    const memory = state();
    memory.reserve(0, '2026-06-10', 0);
    memory.begin({ ...run, run_id: 's' });
    const caps = new Caps(memory, 'UTC', 2, 2, 0);
    caps.reserve(0, noon, 0);
    expect(caps.permit(noon, 0).kind).toBe('pause');
    expect(caps.permit(noon + 86_400_000, 0).kind).toBe('go');
  });

  it.each([
    ['a day of 23 hours', 'Europe/Stockholm', '2026-03-29', '2026-03-28T23:00Z', 23],
    ['a day of 25 hours', 'Europe/Stockholm', '2026-10-25', '2026-10-24T22:00Z', 25],
    ['a day without midnight', 'America/Havana', '2026-03-08', '2026-03-08T05:00Z', 23],
    ['a day with two', 'America/Havana', '2026-11-01', '2026-11-01T04:00Z', 25],
  ])('of the day hold for %s', (_, zone, date, from, hours) => {
    const begin = at(from);
    const end = begin + hours * 3_600_000;
    const caps = new Caps(state(), zone, 1, 0, 0);
    caps.reserve(0, begin - 1, 0);
    expect(caps.permit(begin - 1, 0)).toEqual({ kind: 'pause', until_ms: begin });
    expect(caps.today(begin)).toEqual({ date, visits: 0 });
    caps.reserve(1, begin, 0);
    for (const moment of [begin, (begin + end) / 2, end - 1]) {
      expect(caps.permit(moment, 0)).toEqual({ kind: 'pause', until_ms: end });
    }
    expect(caps.permit(end, 0)).toEqual({ kind: 'go' });
  });

  it('are never overrun, whatever waits, begins and passes', () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.constant('arrive' as const) },
      { weight: 3, arbitrary: fc.constant('begin' as const) },
      fc.constant('drop' as const),
      // Forwards, and now and then back: wall clocks are set.
      fc.constantFrom(60_000, 3_600_000, 20 * 3_600_000, -3_600_000),
    );
    const zones = fc.constantFrom('UTC', 'Europe/Stockholm', 'Australia/Lord_Howe');
    const caps = fc.record({ zone: zones, perDay: fc.nat(5), inAll: fc.nat(12) });
    fc.assert(
      fc.property(caps, fc.array(step, { maxLength: 120 }), ({ zone, perDay, inAll }, steps) => {
        const memory = state();
        const limits = new Caps(memory, zone, perDay, inAll, 0);
        const begun = new Map<string, number>();
        let now = at('2026-10-24T20:00Z');
        let waiting = 0;
        let all = 0;
        for (const what of steps) {
          const day = dayOf(now, zone);
          const today = begun.get(day) ?? 0;
          if (what === 'arrive') {
            const { kind } = limits.permit(now, waiting);
            const ended = inAll > 0 && all >= inAll;
            const full = inAll > 0 && all + waiting >= inAll;
            const paused = perDay > 0 && today >= perDay;
            const filled = perDay > 0 && today + waiting >= perDay;
            expect(kind).toBe(
              ended ? 'end' : full ? 'hold' : paused ? 'pause' : filled ? 'hold' : 'go',
            );
            if (kind === 'go') waiting++;
          } else if (what === 'drop') waiting = Math.max(0, waiting - 1);
          else if (what === 'begin' && waiting > 0) {
            waiting--;
            if (!limits.hasRoom(now)) continue;
            limits.reserve(all++, now, 0);
            begun.set(day, today + 1);
          } else if (typeof what === 'number') now += what;
          for (const visits of begun.values()) {
            if (perDay > 0) expect(visits).toBeLessThanOrEqual(perDay);
          }
          if (inAll > 0) expect(all).toBeLessThanOrEqual(inAll);
          expect(memory.latest()?.visits).toBe(all);
        }
        for (const [day, visits] of begun) expect(memory.visitsOn(day)).toBe(visits);
      }),
      { seed: 151, numRuns: 300 },
    );
  });
});
