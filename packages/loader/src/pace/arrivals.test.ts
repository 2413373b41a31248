import { describe, expect, it } from 'vitest';
import { type ArrivalHandlers, Arrivals, type Permit } from './arrivals.ts';
import { Schedule } from './schedule.ts';
import { VirtualClock } from './virtual-clock.ts';

const go: Permit = { kind: 'go' };

/** Arrivals of one visit a second, and what they told. */
function watched(options: { from?: number; ends_ms?: number; start_ms?: number } = {}) {
  const clock = new VirtualClock(options.start_ms);
  const told: string[] = [];
  const arrived: { index: number; due_ms: number; at_ms: number }[] = [];
  const caps = { say: (): Permit => go, asked: 0 };
  const handlers: ArrivalHandlers & { onPause: () => void } = {
    onPause: () => {},
    permit: () => {
      caps.asked++;
      return caps.say();
    },
    arrive: (index, due_ms) => arrived.push({ index, due_ms, at_ms: clock.elapsed() }),
    paused(until_ms) {
      told.push(`paused until ${new Date(until_ms).toISOString()}`);
      this.onPause();
    },
    resumed: () => told.push(`resumed at ${new Date(clock.now()).toISOString()}`),
    ended: (reason) => told.push(`ended: ${reason}`),
  };
  const from = options.from ?? 0;
  const schedule = new Schedule(3, 86_400, 0, from);
  const ends_ms = options.ends_ms ?? Number.POSITIVE_INFINITY;
  const arrivals = new Arrivals(clock, schedule, from, ends_ms, handlers);
  return { clock, arrivals, arrived, told, caps, handlers };
}
const upTo = (n: number, from = 0) => Array.from({ length: n }, (_, k) => from + k);
const dayEnds = Date.UTC(2026, 5, 11);

describe('arrivals', () => {
  it('come at the moments of the schedule, one after the other', async () => {
    const { clock, arrivals, arrived } = watched({ from: 1_000 });
    const schedule = new Schedule(3, 86_400, 0, 1_000);
    arrivals.start();
    await clock.advance(60_000);
    expect(arrived.map(({ index }) => index)).toEqual(upTo(60, 1_000));
    for (const { index, due_ms, at_ms } of arrived) {
      expect(due_ms).toBe(schedule.momentOf(index));
      expect(at_ms).toBeCloseTo(due_ms, 6);
    }
  });

  it('that a stalled process missed come late, with the moment they were due', async () => {
    const { clock, arrivals, arrived } = watched();
    await clock.advance(10_000);
    arrivals.start();
    expect(arrived.map(({ index }) => index)).toEqual(upTo(10));
    expect(
      arrived.every(({ due_ms, at_ms }, n) => at_ms === 10_000 && due_ms < (n + 1) * 1_000),
    ).toBe(true);
    await clock.advance(5_000);
    expect(arrived).toHaveLength(15);
    expect(arrived.at(-1)?.at_ms).toBeCloseTo(arrived.at(-1)?.due_ms ?? 0, 6);
  });

  it('end when their time is over, and nothing is told after', async () => {
    const { clock, arrivals, arrived, told } = watched({ ends_ms: 4_500 });
    arrivals.start();
    await clock.advance(60_000);
    expect(arrived.length).toBeGreaterThanOrEqual(4);
    expect(arrived.length).toBeLessThanOrEqual(5);
    expect(arrived.every(({ at_ms }) => at_ms < 4_500)).toBe(true);
    expect(told).toEqual(['ended: time']);
  });

  it('end when the caps say so', async () => {
    const { clock, arrivals, arrived, told, caps } = watched();
    caps.say = () => (arrived.length < 7 ? go : { kind: 'end', reason: 'max_visits' });
    arrivals.start();
    await clock.advance(60_000);
    expect(arrived).toHaveLength(7);
    expect(told).toEqual(['ended: max_visits']);
  });

  it('stop at once when they are told to', async () => {
    const { clock, arrivals, arrived, told } = watched();
    arrivals.start();
    await clock.advance(3_000);
    arrivals.stop();
    await clock.advance(60_000);
    expect(arrived).toHaveLength(3);
    expect(told).toEqual([]);
  });
});

describe('a pause', () => {
  const beforeMidnight = { start_ms: dayEnds - 30_000 };
  /** A cap of so many visits a day. */
  const capOf = (perDay: number, w: ReturnType<typeof watched>) => {
    w.caps.say = () => {
      const today = w.clock.now() >= dayEnds;
      const count = w.arrived.filter(({ at_ms }) => at_ms >= 30_000 === today).length;
      return count < perDay
        ? go
        : { kind: 'pause', until_ms: today ? dayEnds + 86_400_000 : dayEnds };
    };
  };

  it('lasts until the day is over, then arrivals go on at their rate, without a burst', async () => {
    const w = watched(beforeMidnight);
    capOf(10, w);
    w.arrivals.start();
    await w.clock.advance(29_999);
    expect(w.arrived).toHaveLength(10);
    expect(w.told).toEqual(['paused until 2026-06-11T00:00:00.000Z']);
    await w.clock.advance(5_001);
    expect(w.told[1]).toBe('resumed at 2026-06-11T00:00:00.000Z');
    expect(w.arrived.map(({ index }) => index)).toEqual(upTo(15));
    const after = w.arrived.slice(10).map(({ at_ms }) => at_ms - 30_000);
    for (const [n, at_ms] of after.entries()) expect(Math.floor(at_ms / 1_000)).toBe(n);
    await w.clock.advance(60_000);
    expect(w.arrived).toHaveLength(20);
    expect(w.told).toHaveLength(3);
  });

  it('is told once, however often the caps are looked at meanwhile', async () => {
    const w = watched({ start_ms: dayEnds - 10 * 3_600_000 });
    w.caps.say = () => ({ kind: 'pause', until_ms: dayEnds });
    w.arrivals.start();
    await w.clock.advance(9 * 3_600_000);
    expect(w.told).toHaveLength(1);
    expect(w.arrived).toEqual([]);
  });

  it('ends with the time that was asked for', async () => {
    const w = watched({ ...beforeMidnight, ends_ms: 12_345 });
    w.caps.say = () => ({ kind: 'pause', until_ms: dayEnds });
    w.arrivals.start();
    await w.clock.advance(12_344);
    expect(w.told).toHaveLength(1);
    await w.clock.advance(1);
    expect(w.told.at(-1)).toBe('ended: time');
    await w.clock.advance(1e8);
    expect(w.told).toHaveLength(2);
  });

  it('ends when it is stopped, and nothing is told after', async () => {
    const w = watched({ ...beforeMidnight, ends_ms: 100_000 });
    w.caps.say = () => ({ kind: 'pause', until_ms: dayEnds });
    w.handlers.onPause = () => w.arrivals.stop();
    w.arrivals.start();
    await w.clock.advance(1e8);
    expect(w.told).toEqual(['paused until 2026-06-11T00:00:00.000Z']);
  });
});

describe('a hold', () => {
  it('keeps the next arrival back until the caps are asked again, and begins anew from there', async () => {
    const w = watched();
    let held = false;
    w.caps.say = () => (held ? { kind: 'hold' } : go);
    w.arrivals.start();
    await w.clock.advance(5_000);
    held = true;
    await w.clock.advance(20_000);
    expect(w.arrived).toHaveLength(5);
    const asked = w.caps.asked;
    await w.clock.advance(20_000);
    expect(w.caps.asked).toBe(asked);
    w.arrivals.askAgain();
    await w.clock.advance(5_000);
    expect(w.arrived).toHaveLength(5);
    held = false;
    w.arrivals.askAgain();
    await w.clock.advance(5_000);
    expect(w.arrived.map(({ index }) => index)).toEqual(upTo(10));
    for (const { due_ms, at_ms } of w.arrived) expect(at_ms).toBeCloseTo(due_ms, 6);
  });

  it('may turn into a pause or an end', async () => {
    const w = watched();
    let say: Permit = { kind: 'hold' };
    w.caps.say = () => say;
    w.arrivals.start();
    await w.clock.advance(5_000);
    say = { kind: 'end', reason: 'max_visits' };
    w.arrivals.askAgain();
    expect(w.told).toEqual(['ended: max_visits']);
    w.arrivals.askAgain();
    await w.clock.advance(5_000);
    expect([w.arrived.length, w.told.length]).toEqual([0, 1]);
  });

  it('means nothing to arrivals that are not held: asking again moves nothing', async () => {
    const w = watched();
    w.arrivals.start();
    for (let n = 0; n < 500; n++) {
      await w.clock.advance(20);
      w.arrivals.askAgain();
    }
    expect(w.arrived.map(({ index }) => index)).toEqual(upTo(10));
  });
});
