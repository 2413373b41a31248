import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patternOf } from './pattern.ts';

const anyLags = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 80 });

describe('a pattern', () => {
  it('has every lag once and leads no two places to the same one', () => {
    fc.assert(
      fc.property(anyLags, (lags) => {
        const { length, lagOf, lagTo } = patternOf(lags);
        expect(length).toBe(lags.length + 1);
        expect([...lagOf].sort((a, b) => a - b)).toEqual([-1, ...lags.keys()]);
        for (const [place, number] of lagOf.entries()) {
          if (number < 0) continue;
          const back = (place + 400 * length - (lags[number] as number)) % length;
          expect(lagTo[back]).toBe(number);
        }
        expect([...lagTo].sort((a, b) => a - b)).toEqual([-1, ...lags.keys()]);
      }),
      { seed: 12, numRuns: 500 },
    );
  });
});
