import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRouter } from './router.ts';

const targets = (...weights: number[]) => weights.map((weight) => ({ weight }));
const counted = (route: (index: number) => readonly number[], visits: number, count: number) => {
  const counts = Array.from({ length: count }, () => 0);
  for (let index = 0; index < visits; index++) {
    for (const at of route(index)) counts[at] = (counts[at] as number) + 1;
  }
  return counts;
};

describe('compileRouter', () => {
  it('divides by weight exactly over each cycle, spread evenly', () => {
    const route = compileRouter('weighted', targets(3, 1), 7);
    expect(counted(route, 400, 2)).toEqual([300, 100]);
    expect([0, 1, 2, 3, 4, 5, 6, 7].map((index) => route(index)[0])).toEqual([
      0, 0, 1, 0, 0, 0, 1, 0,
    ]);
  });

  it('gives a target of weight 0 nothing', () => {
    expect(counted(compileRouter('weighted', targets(1, 0, 1), 7), 100, 3)).toEqual([50, 0, 50]);
  });

  it('takes turns without looking at the weights', () => {
    expect(counted(compileRouter('round-robin', targets(9, 1, 1), 7), 99, 3)).toEqual([33, 33, 33]);
  });

  it('chooses by chance, the same for the same seed', () => {
    const counts = counted(compileRouter('random', targets(1, 1), 7), 10_000, 2);
    expect(Math.abs((counts[0] as number) - 5_000)).toBeLessThan(150);
    const again = counted(compileRouter('random', targets(1, 1), 7), 10_000, 2);
    expect(again).toEqual(counts);
  });

  it('sends every visit everywhere in a mirror', () => {
    expect(counted(compileRouter('mirror', targets(1, 5), 7), 10, 2)).toEqual([10, 10]);
  });

  it('never strays more than one visit from a weight’s share within a cycle', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
        (w) => {
          const route = compileRouter('weighted', targets(...w), 1);
          const sum = w.reduce((a, b) => a + b, 0);
          const counts = w.map(() => 0);
          for (let index = 0; index < sum; index++) {
            const at = route(index)[0] as number;
            counts[at] = (counts[at] as number) + 1;
            for (const [k, weight] of w.entries()) {
              const share = ((index + 1) * weight) / sum;
              expect(Math.abs((counts[k] as number) - share)).toBeLessThanOrEqual(w.length);
            }
          }
          expect(counts.map((count) => count * sum)).toEqual(
            w.map((weight) => weight * counts.reduce((a, b) => a + b, 0)),
          );
        },
      ),
      { seed: 3, numRuns: 50 },
    );
  });
});
