import { expect, it } from 'vitest';
import { until } from './until.ts';

it('asks until there is an answer, and takes an error for none', async () => {
  const answers = [
    () => Promise.resolve(null),
    () => Promise.reject(new Error('refused')),
    () => Promise.resolve(5),
  ];
  let asked = 0;
  expect(await until('there is a number', 30, () => answers[asked++]!())).toBe(5);
  expect(asked).toBe(3);
});

it('gives up and says what it waited for and saw last', async () => {
  const refused = () => Promise.reject(new Error('refused'));
  await expect(until('it listens', 0.01, refused)).rejects.toThrow(
    'Waited 0.01 s in vain until it listens (last: refused).',
  );
});
