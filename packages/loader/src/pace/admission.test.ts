import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Visit } from '../plan/visit.ts';
import { Admission } from './admission.ts';
import { VirtualClock } from './virtual-clock.ts';

/** Only the index matters here. */
const visit = (index: number): Visit => ({
  index,
  visitor: {} as never,
  hits: [],
  duration_ms: 0,
  channel: 'direct',
  campaign: null,
});

interface Event {
  readonly what: 'start' | 'no_slot_in_time' | 'shutdown';
  readonly index: number;
  readonly waited_ms: number;
}

/** An admission that writes down what becomes of each visit. */
function watched(
  slots: number,
  maxLateness_ms: number,
  started: (index: number) => void = () => {},
  dropped: (index: number) => void = () => {},
) {
  const clock = new VirtualClock();
  const events: Event[] = [];
  const note = (what: Event['what'], { index }: Visit, due_ms = Number.NaN) =>
    events.push({ what, index, waited_ms: clock.elapsed() - due_ms });
  const admission: Admission = new Admission(clock, slots, maxLateness_ms, {
    start: (v, due_ms) => {
      note('start', v, due_ms);
      started(v.index);
    },
    drop: (v, reason) => {
      note(reason, v);
      dropped(v.index);
    },
  });
  const indices = (what: Event['what']) =>
    events.filter((event) => event.what === what).map((event) => event.index);
  return { clock, admission, events, indices };
}
const ascending = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b);

describe('admission', () => {
  it('starts what finds a slot, lets the others wait, first come first served', async () => {
    const { clock, admission, indices } = watched(2, 1_000);
    for (let index = 0; index < 5; index++) admission.offer(visit(index), 0);
    expect([admission.inFlight, admission.waiting]).toEqual([2, 3]);
    await clock.advance(500);
    admission.release();
    expect(indices('start')).toEqual([0, 1, 2]);
    admission.offer(visit(5), 500);
    expect(indices('start')).toEqual([0, 1, 2]);
    for (let n = 0; n < 5; n++) admission.release();
    expect(indices('start')).toEqual([0, 1, 2, 3, 4, 5]);
    expect([admission.inFlight, admission.waiting]).toEqual([0, 0]);
  });

  it('drops what has waited too long, and not before', async () => {
    const { clock, admission, indices } = watched(1, 1_000);
    admission.offer(visit(0), 0);
    admission.offer(visit(1), 0);
    await clock.advance(300);
    admission.offer(visit(2), 300);
    await clock.advance(700);
    expect(indices('no_slot_in_time')).toEqual([]);
    await clock.advance(3);
    expect(indices('no_slot_in_time')).toEqual([1]);
    await clock.advance(200);
    admission.release();
    expect(indices('start')).toEqual([0, 2]);
    expect(admission.waiting).toBe(0);
  });

  it('drops a visit that comes too late already, even to a free slot', async () => {
    const { clock, admission, indices } = watched(1, 1_000);
    await clock.advance(5_000);
    admission.offer(visit(0), 3_999);
    admission.offer(visit(1), 4_000);
    expect([indices('no_slot_in_time'), indices('start')]).toEqual([[0], [1]]);
  });

  it('with no lateness tolerated, starts what finds a slot although timers are late themselves', async () => {
    const { clock, admission, indices } = watched(1, 0);
    await clock.advance(1.5);
    admission.offer(visit(0), 0.7);
    admission.offer(visit(1), 0.9);
    expect([indices('start'), admission.waiting]).toEqual([[0], 1]);
    await clock.advance(2);
    expect([indices('no_slot_in_time'), admission.waiting]).toEqual([[1], 0]);
  });

  it('lets a visit wait its turn that arrives because another was dropped', async () => {
    const arrive = () => admission.offer(visit(9), clock.elapsed());
    const { clock, admission, indices } = watched(1, 1_000, undefined, arrive);
    admission.offer(visit(0), 0);
    admission.offer(visit(1), 0);
    await clock.advance(500);
    admission.offer(visit(2), 500);
    await clock.advance(500.5);
    admission.release();
    expect([indices('no_slot_in_time'), indices('start')]).toEqual([[1], [0, 2]]);
    admission.release();
    expect(indices('start')).toEqual([0, 2, 9]);
  });

  it('closes by dropping all that wait', async () => {
    const { clock, admission, indices } = watched(1, 1_000);
    for (let index = 0; index < 4; index++) admission.offer(visit(index), 0);
    admission.close();
    expect(indices('shutdown')).toEqual([1, 2, 3]);
    admission.release();
    await clock.advance(10_000);
    expect(indices('start')).toEqual([0]);
    expect([admission.inFlight, admission.waiting]).toEqual([0, 0]);
  });

  it('leaves no timer behind when nobody waits any more', async () => {
    const clock = new VirtualClock();
    const running = new Set<unknown>();
    const watchedClock = {
      now: () => clock.now(),
      elapsed: () => clock.elapsed(),
      after: (delay_ms: number, callback: () => void) => {
        const timer = clock.after(delay_ms, callback);
        running.add(timer);
        return timer;
      },
      cancel: (timer: unknown) => {
        running.delete(timer);
        clock.cancel(timer);
      },
    };
    const handlers = { start: () => {}, drop: () => {} };
    const admission = new Admission(watchedClock, 1, 600_000, handlers);
    for (let index = 0; index < 3; index++) admission.offer(visit(index), 0);
    expect(running.size).toBe(1);
    for (let n = 0; n < 3; n++) admission.release();
    expect(running.size).toBe(0);
  });

  it('bears 50,000 waiting visits that all end within their start', () => {
    const ends = (index: number) => {
      if (index > 0) admission.release();
    };
    const { admission, indices } = watched(1, 1_000, ends);
    for (let index = 0; index < 50_000; index++) admission.offer(visit(index), 0);
    expect(admission.waiting).toBe(49_999);
    admission.release();
    expect(indices('start')).toHaveLength(50_000);
    expect([admission.inFlight, admission.waiting]).toEqual([0, 0]);
  });

  it('whatever happens: one fate a visit, never more than the slots, nobody waits beside a free one', async () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.constant('offer' as const) },
      { weight: 2, arbitrary: fc.constant('release' as const) },
      fc.integer({ min: 1, max: 400 }),
    );
    const runs = fc.record({
      slots: fc.integer({ min: 1, max: 4 }),
      lateness: fc.constantFrom(0, 1, 250, 1_000),
      /** Every so manieth visit ends within its start; 0: none. */
      instant: fc.constantFrom(0, 2, 3),
      steps: fc.array(step, { maxLength: 120 }),
    });
    await fc.assert(
      fc.asyncProperty(runs, async ({ slots, lateness, instant, steps }) => {
        let running = 0;
        const { clock, admission, events, indices } = watched(slots, lateness, (index) => {
          running++;
          expect(admission.inFlight).toBeLessThanOrEqual(slots);
          if (instant > 0 && index % instant === 0) {
            running--;
            admission.release();
          }
        });
        let offered = 0;
        for (const what of steps) {
          if (what === 'offer') admission.offer(visit(offered++), clock.elapsed());
          else if (typeof what === 'number') await clock.advance(what);
          else if (running > 0) {
            running--;
            admission.release();
          }
          expect(admission.inFlight).toBe(running);
          if (running < slots) expect(admission.waiting).toBe(0);
          expect(events.length + admission.waiting).toBe(offered);
        }
        admission.close();
        expect(ascending(events.map((event) => event.index))).toEqual(
          Array.from({ length: offered }, (_, n) => n),
        );
        for (const what of ['start', 'no_slot_in_time', 'shutdown'] as const) {
          expect(indices(what)).toEqual(ascending(indices(what)));
        }
        for (const event of events.filter(({ what }) => what === 'start')) {
          expect(event.waited_ms).toBeLessThanOrEqual(lateness);
        }
      }),
      { seed: 101, numRuns: 300 },
    );
  });
});
