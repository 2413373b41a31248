import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RateLimit } from './rate-limit.ts';

describe('a rate limit', () => {
  it('lets everything pass at once without a rate', () => {
    const limit = new RateLimit(null);
    expect([1, 1_000, 1].map((count) => limit.take(count, 0))).toEqual([0, 0, 0]);
  });

  it('spaces single things out, the first one passes at once', () => {
    const limit = new RateLimit(4);
    expect([limit.take(1, 100), limit.take(1, 100), limit.take(1, 100)]).toEqual([0, 250, 500]);
  });

  it('makes what comes after many wait for all of them', () => {
    const limit = new RateLimit(100);
    expect(limit.take(200, 0)).toBe(0);
    expect(limit.take(1, 0)).toBe(2_000);
    expect(limit.take(1, 2_000)).toBe(10);
  });

  it('does not save up what was not used', () => {
    const limit = new RateLimit(10);
    limit.take(1, 0);
    expect(limit.take(1, 60_000)).toBe(0);
    expect(limit.take(1, 60_000)).toBe(100);
  });

  it('is never exceeded over any stretch of time', () => {
    const asked = fc.array(
      fc.record({
        gap_ms: fc.integer({ min: 0, max: 3_000 }),
        count: fc.integer({ min: 1, max: 50 }),
      }),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(asked, fc.constantFrom(0.5, 3, 40), (askings, perSecond) => {
        const limit = new RateLimit(perSecond);
        let now_ms = 0;
        const passed = askings.map(({ gap_ms, count }) => {
          now_ms += gap_ms;
          return { at_ms: now_ms + limit.take(count, now_ms), count };
        });
        for (const [from, first] of passed.entries()) {
          let sum = 0;
          for (const { at_ms, count } of passed.slice(from)) {
            // Everything before this one fits into the time that has passed since the first.
            expect(sum).toBeLessThanOrEqual(((at_ms - first.at_ms) / 1000) * perSecond + 1e-6);
            sum += count;
          }
        }
      }),
    );
  });
});
