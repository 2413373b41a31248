import { expect, it } from 'vitest';
import { Once } from './once.ts';

it('makes something once of what it knows, and anew of everything else', () => {
  const [known, other] = [{}, {}];
  const once = new Once<object, object>([known]);
  let made = 0;
  const make = () => ({ number: made++ });
  expect(once.of(known, make)).toBe(once.of(known, make));
  expect(made).toBe(1);
  expect(once.of(other, make)).not.toBe(once.of(other, make));
  expect(made).toBe(3);
});

it('tries again after a failure', () => {
  const once = new Once<string, number[]>(['a']);
  expect(() =>
    once.of('a', () => {
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(once.of('a', () => [1])).toBe(once.of('a', () => [2]));
});
