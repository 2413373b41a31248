import { expect, it } from 'vitest';
import { Turns } from './turns.ts';

it('runs tasks of one key in turn, also after one that failed', async () => {
  const turns = new Turns();
  const seen: string[] = [];
  const task = (name: string) => async () => {
    seen.push(`${name} begins`);
    await new Promise(setImmediate);
    seen.push(`${name} ends`);
    if (name === 'first') throw new Error('no');
    return name;
  };
  const ended = await Promise.allSettled([
    turns.take('a', task('first')),
    turns.take('a', task('second')),
    turns.take('b', task('other')),
  ]);
  expect(ended.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(seen.indexOf('second begins')).toBeGreaterThan(seen.indexOf('first ends'));
  expect(seen.indexOf('other begins')).toBeLessThan(seen.indexOf('first ends'));
});
