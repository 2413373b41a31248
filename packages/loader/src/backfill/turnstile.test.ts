import { expect, it } from 'vitest';
import { Turnstile } from './turnstile.ts';

const settled = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

/** Everybody who went in, to be let out again; and how it ended for each. */
function ground() {
  const turnstile = new Turnstile();
  const inside: { readonly leave: () => Promise<void>; readonly fail: () => Promise<void> }[] = [];
  const ends: string[] = [];
  const pass = (name: string) => {
    const entered = () =>
      new Promise<void>((resolve, reject) => {
        inside.push({
          leave: async () => {
            resolve();
            await settled();
          },
          fail: async () => {
            reject(new Error(`because of ${name}`));
            await settled();
          },
        });
      });
    turnstile.pass(entered).then(
      () => ends.push(name),
      (error: Error) => ends.push(`${name} ${error.message}`),
    );
  };
  return { turnstile, pass, inside, ends };
}

it('lets one through at a time until it is open, then all', async () => {
  const { turnstile, pass, inside, ends } = ground();
  for (const name of ['a', 'b', 'c', 'd']) pass(name);
  await settled();
  expect(inside).toHaveLength(1);
  await inside[0]?.leave();
  expect(inside).toHaveLength(2);
  turnstile.open();
  await settled();
  expect(inside).toHaveLength(4);
  pass('e');
  await settled();
  expect(inside).toHaveLength(5);
  for (const { leave } of inside) await leave();
  expect(ends).toEqual(['a', 'b', 'c', 'd', 'e']);
});

it('lets nobody through after one that failed: they fail with it', async () => {
  const { pass, inside, ends } = ground();
  for (const name of ['a', 'b', 'c']) pass(name);
  await settled();
  await inside[0]?.fail();
  pass('d');
  await settled();
  expect(inside).toHaveLength(1);
  expect(ends.toSorted()).toEqual(['a', 'b', 'c', 'd'].map((name) => `${name} because of a`));
});

it('concerns nobody any more once it is open', async () => {
  const { turnstile, pass, inside, ends } = ground();
  turnstile.open();
  pass('a');
  pass('b');
  await settled();
  await inside[0]?.fail();
  pass('c');
  await settled();
  expect(inside).toHaveLength(3);
  expect(ends).toEqual(['a because of a']);
});
