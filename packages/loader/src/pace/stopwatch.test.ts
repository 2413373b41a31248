import { describe, expect, it } from 'vitest';
import { Stopwatch } from './stopwatch.ts';
import { Timers } from './timers.ts';
import { VirtualClock } from './virtual-clock.ts';

describe('a stopwatch', () => {
  it('adds up the time between start and stop, and nothing else', async () => {
    const clock = new VirtualClock();
    const watch = new Stopwatch(clock);
    await clock.advance(5);
    expect(watch.total_ms).toBe(0);
    watch.start();
    await clock.advance(10);
    expect(watch.total_ms).toBe(10);
    watch.start();
    await clock.advance(2);
    watch.stop();
    watch.stop();
    await clock.advance(100);
    expect(watch.total_ms).toBe(12);
    watch.start();
    await clock.advance(3);
    expect(watch.total_ms).toBe(15);
  });
});

describe('timers', () => {
  it('fire, or end together', async () => {
    const clock = new VirtualClock();
    const timers = new Timers(clock);
    const fired: number[] = [];
    for (const at of [10, 20, 30]) timers.after(at, () => fired.push(at));
    await clock.advance(10);
    timers.cancelAll();
    await clock.advance(100);
    expect(fired).toEqual([10]);
  });
});
