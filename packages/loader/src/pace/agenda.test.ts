import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Agenda } from './agenda.ts';
import { VirtualClock } from './virtual-clock.ts';

interface Wake {
  readonly slot: number;
  readonly due_ms: number;
  readonly at_ms: number;
}

/** An agenda that writes down whom it woke, and when. */
function watched(onWake: (wake: Wake, agenda: Agenda) => void = () => {}) {
  const clock = new VirtualClock();
  const wakes: Wake[] = [];
  const agenda: Agenda = new Agenda(clock, 16, (slot, due_ms) => {
    const wake = { slot, due_ms, at_ms: clock.elapsed() };
    wakes.push(wake);
    onWake(wake, agenda);
  });
  return { clock, agenda, wakes };
}

const due = fc.oneof(
  fc.integer({ min: -50, max: 1_000 }),
  fc.double({ min: 0, max: 1_000, noNaN: true }),
);
const byDue = (a: Wake, b: Wake) => a.due_ms - b.due_ms || a.slot - b.slot;

describe('an agenda', () => {
  it('wakes in due order, never early, nobody twice: as a sorted list would', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(due, { maxLength: 200 }), async (dues) => {
        const { clock, agenda, wakes } = watched();
        for (const [slot, at] of dues.entries()) agenda.add(at, slot);
        expect(agenda.size).toBe(dues.length);
        await clock.advance(1_000);
        expect(agenda.size).toBe(0);
        expect(wakes.map((wake) => wake.due_ms)).toEqual(dues.toSorted((a, b) => a - b));
        const woken = wakes.toSorted((a, b) => a.slot - b.slot);
        expect(woken.map((wake) => wake.due_ms)).toEqual(dues);
        for (const wake of wakes) expect(wake.at_ms).toBeCloseTo(Math.max(0, wake.due_ms), 6);
      }),
      { seed: 91, numRuns: 150 },
    );
  });

  it('takes new waits at any time, also from within a wake', async () => {
    const steps = fc.array(fc.tuple(due, fc.integer({ min: 0, max: 300 })), { maxLength: 60 });
    const again = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(steps, again, async (adds, pauses) => {
        const asked: Wake[] = [];
        const { clock, agenda, wakes } = watched((wake, self) => {
          // Every third wake goes on waiting, some of them for no time at all.
          if (wakes.length % 3 !== 0) return;
          const pause = pauses[wakes.length % pauses.length] as number;
          add(self, clock.elapsed() + pause, wake.slot);
        });
        const add = (to: Agenda, due_ms: number, slot: number) => {
          asked.push({ slot, due_ms, at_ms: clock.elapsed() });
          to.add(due_ms, slot);
        };
        for (const [slot, [due_ms, pause]] of adds.entries()) {
          add(agenda, due_ms, slot);
          await clock.advance(pause);
        }
        await clock.advance(10_000);
        const plain = ({ slot, due_ms }: Wake) => ({ slot, due_ms });
        expect(wakes.toSorted(byDue).map(plain)).toEqual(asked.toSorted(byDue).map(plain));
        for (const [n, wake] of wakes.entries()) {
          expect(wake.at_ms).toBeGreaterThanOrEqual(wake.due_ms);
          expect(wake.at_ms).toBeGreaterThanOrEqual(wakes[n - 1]?.at_ms ?? 0);
        }
      }),
      { seed: 92, numRuns: 150 },
    );
  });

  it('keeps one timer, for the first that is due', async () => {
    const timers: number[] = [];
    const clock = new VirtualClock();
    const counting = {
      now: () => clock.now(),
      elapsed: () => clock.elapsed(),
      after: (delay_ms: number, callback: () => void) => {
        timers.push(delay_ms);
        return clock.after(delay_ms, callback);
      },
      cancel: (timer: unknown) => {
        timers.pop();
        clock.cancel(timer);
      },
    };
    const agenda = new Agenda(counting, 16, () => timers.pop());
    for (let slot = 0; slot < 1_000; slot++) agenda.add(1_000 - slot, slot);
    expect(timers).toEqual([1]);
    for (let slot = 0; slot < 5_000; slot++) agenda.add(5_000 + slot, slot);
    expect(timers).toEqual([1]);
    expect(agenda.size).toBe(6_000);
  });

  it('gives everything back when it is drained, and wakes nobody after', async () => {
    const { clock, agenda, wakes } = watched();
    for (let slot = 0; slot < 50; slot++) agenda.add(slot * 10, slot);
    await clock.advance(95);
    expect(wakes.map((wake) => wake.slot)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const rest = agenda.drain().sort((a, b) => a - b);
    expect(rest).toEqual(Array.from({ length: 40 }, (_, n) => 10 + n));
    expect(agenda.size).toBe(0);
    await clock.advance(10_000);
    expect(wakes).toHaveLength(10);
    agenda.add(clock.elapsed() + 5, 99);
    await clock.advance(5);
    expect(wakes.at(-1)?.slot).toBe(99);
  });

  it('may be drained from within a wake', async () => {
    const { clock, agenda, wakes } = watched((_, self) => self.drain());
    for (let slot = 0; slot < 5; slot++) agenda.add(10, slot);
    await clock.advance(1_000);
    expect(wakes).toHaveLength(1);
    expect(agenda.size).toBe(0);
  });
});
