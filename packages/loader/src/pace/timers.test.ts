import { describe, expect, it } from 'vitest';
import { Timers } from './timers.ts';
import { VirtualClock } from './virtual-clock.ts';

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
