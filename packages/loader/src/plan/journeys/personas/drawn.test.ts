import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Draws } from '../../draw.ts';
import { randomOf, Sequence } from '../random.ts';
import { drawn } from './drawn.ts';

const random = (seed: number) => randomOf(new Sequence(new Draws(seed, 0), 1));

it('gives what random.weighted gives, draw by draw', () => {
  const weight = fc.oneof(
    fc.constant(0),
    fc.integer({ min: 1, max: 9 }),
    fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
  );
  const lists = fc
    .array(
      weight.map((each) => ({ weight: each })),
      { minLength: 1, maxLength: 12 },
    )
    .filter((items) => items.some((item) => item.weight > 0));
  fc.assert(
    fc.property(lists, fc.nat(), (items, seed) => {
      const [one, other] = [random(seed), random(seed)];
      for (let n = 0; n < 50; n++) {
        expect(drawn(one, items)).toBe(other.weighted(items, (item) => item.weight));
      }
      expect(one.unit()).toBe(other.unit());
    }),
    { seed: 2, numRuns: 300 },
  );
});

it('draws the last that weighs anything where the weights fall short of the whole', () => {
  const items = [{ weight: 1 }, { weight: 2 }, { weight: 0 }];
  const least = { ...random(1), unit: () => 1 - 2 ** -53 };
  expect(drawn(least, items)).toBe(items[1]);
});

it('says so where there is nothing to draw from', () => {
  expect(() => drawn(random(1), [])).toThrow('the list is empty');
  expect(() => drawn(random(1), [{ weight: 0 }])).toThrow('weight above 0');
});
