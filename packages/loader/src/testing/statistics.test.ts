import { describe, expect, it } from 'vitest';
import { bins, chiSquare, chiSquareLimit, correlation, sigmas } from './statistics.ts';

describe('statistics', () => {
  it('chi-square of known tables', () => {
    expect(chiSquare([10, 10, 10])).toBe(0);
    expect(chiSquare([5, 8, 9, 8, 10, 20])).toBeCloseTo(13.4, 10);
    expect(chiSquare([60, 40], [0.5, 0.5])).toBeCloseTo(4, 10);
  });

  it('its limit is exceeded as rarely as 4 σ', () => {
    // For an even number of degrees the tail of chi-square is a finite sum.
    const tail = (x: number, degrees: number) => {
      let term = 1;
      let sum = 1;
      for (let k = 1; k < degrees / 2; k++) sum += term *= x / 2 / k;
      return Math.exp(-x / 2) * sum;
    };
    for (const degrees of [10, 64, 254]) {
      const rarity = tail(chiSquareLimit(degrees), degrees) / 3.167e-5;
      expect(rarity, `${degrees}`).toBeGreaterThan(0.7);
      expect(rarity, `${degrees}`).toBeLessThan(1.4);
    }
  });

  it('sigmas of a share, and none allowed where it is certain', () => {
    expect(sigmas(60, 100, 0.5)).toBeCloseTo(2, 10);
    expect(sigmas(0, 100, 0)).toBe(0);
    expect(sigmas(1, 100, 0)).toBe(Number.POSITIVE_INFINITY);
    expect(sigmas(99, 100, 1)).toBe(Number.POSITIVE_INFINITY);
  });

  it('sees dependence and its absence', () => {
    const line = [1, 2, 3, 4];
    expect(correlation(line, [2, 4, 6, 8])).toBeCloseTo(2, 10);
    expect(correlation(line, [8, 6, 4, 2])).toBeCloseTo(-2, 10);
    expect(correlation(line, [1, -1, -1, 1])).toBeCloseTo(0, 10);
    expect([...bins([0, 0.24, 0.25, 0.99], 4)]).toEqual([2, 1, 0, 1]);
  });
});
