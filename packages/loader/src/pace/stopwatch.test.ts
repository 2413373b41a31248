import { describe, expect, it } from 'vitest';
import { Stopwatch } from './stopwatch.ts';
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
