import { expect, it } from 'vitest';
import { Turnstile } from './turnstile.ts';

interface Request {
  answer(yes: boolean): Promise<void>;
}

/** Requests that wait for their answer, and how many are inside. */
function ground() {
  const turnstile = new Turnstile();
  const inside: Request[] = [];
  const results: (boolean | Error)[] = [];
  const pass = (fails = false) => {
    const result = turnstile.pass(
      () =>
        new Promise<boolean>((resolve, reject) => {
          if (fails) reject(new Error('stopped'));
          inside.push({
            answer: async (yes) => {
              resolve(yes);
              await settled();
            },
          });
        }),
      (yes) => yes,
    );
    result.then(
      (yes) => results.push(yes),
      (error: Error) => results.push(error),
    );
  };
  return { pass, inside, results };
}

const settled = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

it('lets one in at a time until there is a yes, then all', async () => {
  const { pass, inside, results } = ground();
  for (let i = 0; i < 5; i++) pass();
  await settled();
  expect(inside).toHaveLength(1);
  await inside[0]?.answer(false);
  expect(inside).toHaveLength(2);
  await inside[1]?.answer(true);
  expect(inside).toHaveLength(5);
  pass();
  await settled();
  expect(inside).toHaveLength(6);
  for (const request of inside) await request.answer(false);
  expect(results).toEqual([false, true, false, false, false, false]);
});

it('goes on after a request that failed', async () => {
  const { pass, inside, results } = ground();
  pass(true);
  pass();
  await settled();
  expect(results).toHaveLength(1);
  await inside.at(-1)?.answer(true);
  expect(results[0]).toBeInstanceOf(Error);
  expect(results[1]).toBe(true);
});
