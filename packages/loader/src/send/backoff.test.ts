import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoff } from './backoff.ts';

const almostOne = 1 - 2 ** -32;
const unit = fc.double({ min: 0, max: almostOne, noNaN: true });

describe('back-off', () => {
  it.each([
    [0, 200],
    [1, 400],
    [2, 800],
    [5, 6_400],
    [6, 10_000],
    [20, 10_000],
  ])('before attempt %i more lies between nothing and %i ms', (attempt, most_ms) => {
    expect(backoff(attempt, 0, null)).toBe(0);
    expect(backoff(attempt, 0.5, null)).toBe(most_ms / 2);
    expect(backoff(attempt, almostOne, null)).toBeLessThan(most_ms);
    expect(backoff(attempt, almostOne, null)).toBeGreaterThan(most_ms - 1);
  });

  it('waits for what the server asks, up to a minute, with the jitter on top', () => {
    expect(backoff(0, 0, 2_000)).toBe(2_000);
    expect(backoff(0, 0.5, 2_000)).toBe(2_100);
    expect(backoff(0, 0, 3_600_000)).toBe(60_000);
    expect(backoff(0, 0, Number.POSITIVE_INFINITY)).toBe(60_000);
  });

  it('is never shorter than asked for, and never longer than a minute and ten seconds', () => {
    const asked = fc.option(fc.integer({ min: 0, max: 1e9 }));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), unit, asked, (attempt, u, retryAfter_ms) => {
        const wait_ms = backoff(attempt, u, retryAfter_ms);
        expect(wait_ms).toBeGreaterThanOrEqual(Math.min(retryAfter_ms ?? 0, 60_000));
        expect(wait_ms).toBeLessThanOrEqual(70_000);
      }),
      { seed: 111, numRuns: 200 },
    );
  });
});
