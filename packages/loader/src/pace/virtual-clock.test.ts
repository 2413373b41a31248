import { describe, expect, it } from 'vitest';
import { VirtualClock } from './virtual-clock.ts';

describe('a virtual clock', () => {
  it('fires timers at their moments, in their order, those of one moment as they were set', async () => {
    const clock = new VirtualClock(1_000);
    const fired: string[] = [];
    const note = (name: string) => () => fired.push(`${name} ${clock.now()} ${clock.elapsed()}`);
    clock.after(30, note('c'));
    clock.after(10, note('a'));
    clock.after(10, note('b'));
    clock.cancel(clock.after(20, note('never')));
    await clock.advance(29);
    expect(fired).toEqual(['a 1010 10', 'b 1010 10']);
    await clock.advance(1);
    expect(fired.at(-1)).toBe('c 1030 30');
    expect([clock.now(), clock.elapsed()]).toEqual([1_030, 30]);
  });

  it('fires timers that timers set, and lets promises settle in between', async () => {
    const clock = new VirtualClock();
    const fired: number[] = [];
    const tick = async () => {
      await Promise.resolve();
      fired.push(clock.elapsed());
      if (fired.length < 4) clock.after(fired.length, () => void tick());
    };
    clock.after(-5, () => void tick());
    await clock.advance(100);
    expect(fired).toEqual([0, 1, 3, 6]);
  });

  it('reaches any moment that a timer is set for, however small the step', async () => {
    const clock = new VirtualClock(Date.UTC(2100, 0));
    const due = 4_000_000 + 1e-7;
    let wakes = 0;
    const wait = () => {
      wakes++;
      if (clock.elapsed() < due && wakes < 100) clock.after(due - clock.elapsed(), wait);
    };
    wait();
    await clock.advance(5_000_000);
    expect(wakes).toBeLessThan(5);
    expect(clock.now()).toBe(Date.UTC(2100, 0) + 5_000_000);
  });

  it('shows whole milliseconds on the wall', async () => {
    const clock = new VirtualClock(0);
    await clock.advance(1.75);
    expect([clock.now(), clock.elapsed()]).toEqual([1, 1.75]);
  });
});
