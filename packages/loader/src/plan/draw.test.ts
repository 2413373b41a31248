import { describe, expect, it } from 'vitest';
import { bins, chiSquare, chiSquareLimit, correlation } from '../testing/statistics.ts';
import { Draws, purpose } from './draw.ts';

const visits = 100_000;
const purposes = Object.entries(purpose);

/** What one purpose draws for the first visits. */
const drawn = (seed: number, of: number, n = 0, from = 0): Float64Array =>
  Float64Array.from({ length: visits }, (_, v) => new Draws(seed, from + v).unit(of, n));

/** Every purpose's draws, by seed. */
const table = new Map(
  [0, 1, 2 ** 31 - 1].map((seed) => [
    seed,
    purposes.map(([name, of]) => ({ name, draws: drawn(seed, of) })),
  ]),
);

describe('draws', () => {
  it('number their purposes differently', () => {
    expect(new Set(Object.values(purpose)).size).toBe(purposes.length);
  });

  it('answer the same whenever they are asked', () => {
    const draws = new Draws(7, 1_000);
    const forward = purposes.map(([, of]) => draws.bits(of, 3));
    const backward = purposes.toReversed().map(([, of]) => new Draws(7, 1_000).bits(of, 3));
    expect(backward.reverse()).toEqual(forward);
  });

  it.each([...table.keys()])('are uniform for every purpose, seed %i', (seed) => {
    for (const { name, draws } of table.get(seed) ?? []) {
      expect(chiSquare(bins(draws, 64)), name).toBeLessThan(chiSquareLimit(63));
    }
  });

  it.each([...table.keys()])('of two purposes are independent, seed %i', (seed) => {
    const columns = table.get(seed) ?? [];
    for (const [i, a] of columns.entries()) {
      for (const b of columns.slice(i + 1)) {
        const found = Math.abs(correlation(a.draws, b.draws));
        if (found > 4.5) expect.fail(`${a.name} and ${b.name} correlate by ${found} σ`);
      }
    }
    expect(columns.length).toBe(purposes.length);
  });

  it('of two purposes fill a grid evenly', () => {
    const columns = table.get(1) ?? [];
    const pairs = columns.flatMap((a, i) => columns.slice(i + 1).map((b) => [a, b] as const));
    for (const [a, b] of pairs) {
      const cells = new Float64Array(64);
      for (let v = 0; v < visits; v++) {
        const at = Math.floor(a.draws[v]! * 8) * 8 + Math.floor(b.draws[v]! * 8);
        cells[at]! += 1;
      }
      if (chiSquare(cells) > chiSquareLimit(63)) expect.fail(`${a.name} × ${b.name} is uneven`);
    }
    expect(pairs.length).toBe((purposes.length * (purposes.length - 1)) / 2);
  });

  it('of one purpose are independent from visit to visit and from n to n', () => {
    const first = drawn(1, purpose.page);
    for (const lag of [1, 2, 50, 1_000]) {
      expect(Math.abs(correlation(first, first.subarray(lag))), `lag ${lag}`).toBeLessThan(4);
    }
    for (const n of [1, 2, 3, 64, 1_023]) {
      const later = drawn(1, purpose.page, n);
      expect(chiSquare(bins(later, 64)), `n ${n}`).toBeLessThan(chiSquareLimit(63));
      expect(Math.abs(correlation(first, later)), `n ${n}`).toBeLessThan(4);
    }
  });

  it('never coincide for two visits of one purpose', () => {
    for (const from of [0, 2 ** 32 - 50_000, 2 ** 40]) {
      const bits = new Set<number>();
      for (let v = 0; v < visits; v++) bits.add(new Draws(5, from + v).bits(purpose.visitorHigh));
      // The number of visits below 2^32 is what the hash can tell apart: beyond, it begins anew.
      if (from % 2 ** 32 === 0) expect(bits.size).toBe(visits);
      else expect(bits.size).toBeGreaterThan(visits - 10);
    }
  });

  it('differ between seeds, and between visits below and beyond 2^32', () => {
    const same = (a: Draws, b: Draws) =>
      purposes.filter(([, of]) => a.bits(of) === b.bits(of)).map(([name]) => name);
    for (const visit of [0, 1, 77, 2 ** 31, 2 ** 32 - 1]) {
      expect(same(new Draws(1, visit), new Draws(2, visit))).toEqual([]);
      expect(same(new Draws(1, visit), new Draws(2 ** 31 - 1, visit))).toEqual([]);
      for (const above of [2 ** 32, 2 ** 33, 2 ** 52]) {
        expect(same(new Draws(1, visit), new Draws(1, visit + above))).toEqual([]);
      }
    }
    const beyond = drawn(1, purpose.page, 0, 2 ** 32);
    expect(chiSquare(bins(beyond, 64))).toBeLessThan(chiSquareLimit(63));
    expect(Math.abs(correlation(drawn(1, purpose.page), beyond))).toBeLessThan(4);
  });
});

describe('what draws are turned into', () => {
  const many = Array.from({ length: 20_000 }, (_, v) => new Draws(3, v));

  it('whole numbers, both ends included and all equally likely', () => {
    const counts = [0, 0, 0, 0, 0];
    for (const draws of many) counts[draws.between(-2, 2, purpose.page) + 2]! += 1;
    expect(chiSquare(counts)).toBeLessThan(chiSquareLimit(4));
    expect(many.every((draws) => draws.between(9, 9, purpose.page) === 9)).toBe(true);
    const wide = many.map((draws) => draws.between(0, 1_000_000_000, purpose.page));
    expect(wide.every((n) => Number.isInteger(n) && n >= 0 && n <= 1_000_000_000)).toBe(true);
  });

  it('chances: never at 0, always at 1, even with the lowest draw there is', () => {
    class Lowest extends Draws {
      override unit(): number {
        return 0;
      }
    }
    expect(new Lowest(1, 1).chance(0, purpose.page)).toBe(false);
    expect(new Lowest(1, 1).chance(1, purpose.page)).toBe(true);
    expect(many.some((draws) => draws.chance(0, purpose.page))).toBe(false);
    expect(many.every((draws) => draws.chance(1, purpose.page))).toBe(true);
  });

  it('picks, all equally likely', () => {
    const counts = { a: 0, b: 0, c: 0 };
    for (const draws of many) counts[draws.pick(['a', 'b', 'c'] as const, purpose.page)] += 1;
    expect(chiSquare(Object.values(counts))).toBeLessThan(chiSquareLimit(2));
  });
});
