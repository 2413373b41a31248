import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { paced } from './paced.ts';

describe('paced', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('hands on ten values a second at most, whatever comes, and always the last one', () => {
    const taken: { readonly value: number; readonly at_ms: number }[] = [];
    const began_ms = Date.now();
    const tell = paced<number>(100, (value) => taken.push({ value, at_ms: Date.now() - began_ms }));
    for (let value = 0; value < 10_000; value += 1) {
      tell(value);
      vi.advanceTimersByTime(1);
    }
    vi.advanceTimersByTime(1_000);
    expect(taken.at(-1)?.value).toBe(9_999);
    for (let from_ms = 0; from_ms < 10_000; from_ms += 250) {
      const within = taken.filter(({ at_ms }) => at_ms >= from_ms && at_ms < from_ms + 1_000);
      expect(within.length).toBeLessThanOrEqual(10);
    }
    expect(taken.length).toBeGreaterThan(90);
  });

  it('hands on at once what comes seldom', () => {
    const taken: number[] = [];
    const tell = paced<number>(100, (value) => taken.push(value));
    tell(1);
    expect(taken).toEqual([1]);
    vi.advanceTimersByTime(1_000);
    tell(2);
    expect(taken).toEqual([1, 2]);
  });
});
