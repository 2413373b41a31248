import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coresOfList } from './cores.ts';
import { figuresOf, type Reading, ratioOf, rotated, spreadOf } from './rounds.ts';
import { judge } from './targets.ts';

const reading = (round: number, row: Reading['row'], cpu_us_per_hit: number): Reading => ({
  round,
  row,
  figures: { cpu_us_per_hit },
});

describe('the spread of several rounds', () => {
  it.each([
    [[3], { min: 3, median: 3, max: 3 }],
    [[9, 1, 4], { min: 1, median: 4, max: 9 }],
    [[1, 2, 10, 4], { min: 1, median: 3, max: 10 }],
  ])('of %j', (values, spread) => {
    expect(spreadOf(values)).toEqual(spread);
  });

  it('does not exist for nothing', () => {
    expect(() => spreadOf([])).toThrow(RangeError);
  });

  it('keeps the rows apart', () => {
    const readings = [reading(0, 'bare', 10), reading(0, 'single', 99), reading(1, 'bare', 20)];
    expect(figuresOf(readings, 'bare').get('cpu_us_per_hit')).toEqual({
      min: 10,
      median: 15,
      max: 20,
    });
  });
});

describe('the ratio to the baseline', () => {
  it('is taken round by round: a busy round does not count twice', () => {
    const readings = [
      reading(0, 'bare', 10),
      reading(0, 'single', 12),
      reading(1, 'single', 60),
      reading(1, 'bare', 50),
    ];
    const ratio = ratioOf(readings, 'single', 'bare', 'cpu_us_per_hit');
    expect(ratio).toEqual({ min: 1.2, median: 1.2, max: 1.2 });
  });

  it('needs both in the same round', () => {
    const readings = [reading(0, 'bare', 10), reading(1, 'single', 12)];
    expect(ratioOf(readings, 'single', 'bare', 'cpu_us_per_hit')).toBeNull();
  });
});

describe('targets', () => {
  it('are judged by the median, and only for rows that were measured', () => {
    const readings = [3, 5, 9].map((cpu, round) => reading(round, 'bulk', cpu));
    expect(judge(readings)).toMatchObject([{ row: 'bulk', found: 5, met: false }]);
    expect(judge([reading(0, 'bulk', 4)])).toMatchObject([{ met: true }]);
  });
});

describe('the order of a round', () => {
  it('has every row once, beginning with another one each time', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(), { minLength: 1 }), fc.nat(100), (rows, round) => {
        const order = rotated(rows, round);
        expect([...order].sort()).toEqual([...rows].sort());
        expect(order[0]).toBe(rows[round % rows.length]);
      }),
    );
  });
});

describe('cores', () => {
  it.each([
    ['0-2,5', [0, 1, 2, 5]],
    ['3', [3]],
    ['', []],
  ])('of the list "%s"', (list, cores) => {
    expect(coresOfList(list)).toEqual(cores);
  });
});
