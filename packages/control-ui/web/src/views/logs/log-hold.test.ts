import type { LoaderLogLine } from '@trafficinator/contract/rest';
import { expect, it } from 'vitest';
import { partsOf, rowText } from './line-text.ts';
import { LogHold, most } from './log-hold.ts';

const line = (n: number): LoaderLogLine => ({
  at: new Date(n).toISOString(),
  loader: 'loader-1',
  level: 'info',
  text: `line ${n}`,
  detail: null,
});
const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => line(from + n));
const texts = (hold: LogHold) => hold.shown.map(({ text }) => text);

it('shows the history, then what came meanwhile, no line twice', () => {
  const hold = new LogHold(4, () => true);
  hold.add(lines(3, 6));
  expect(hold.shown).toEqual([]);
  hold.begin(lines(0, 5));
  expect(texts(hold)).toEqual(['line 2', 'line 3', 'line 4', 'line 5']);
  expect(new Set(hold.shown.map(({ number }) => number)).size).toBe(4);
});

it('takes only lines that fit, and no more than asked for', () => {
  const hold = new LogHold(2, ({ text }) => !text.endsWith('3'));
  hold.begin([]);
  hold.add(lines(0, 4));
  expect(texts(hold)).toEqual(['line 1', 'line 2']);
});

it('counts what comes while it is held still, and shows it afterwards', () => {
  const hold = new LogHold(10, () => true);
  hold.begin(lines(0, 2));
  hold.hold(true);
  hold.add(lines(2, 5));
  expect([hold.shown.length, hold.newer]).toEqual([2, 3]);
  hold.add(lines(5, most + 10));
  expect([hold.newer, hold.lost]).toEqual([most, 8]);
  hold.hold(false);
  expect([texts(hold).at(-1), hold.newer]).toEqual([`line ${most + 9}`, 0]);
});

it('forgets what was cleared and goes on', () => {
  const hold = new LogHold(10, () => true);
  hold.begin(lines(0, 2));
  hold.clear();
  hold.add(lines(2, 3));
  expect(texts(hold)).toEqual(['line 2']);
});

it('writes details beside the message and marks every match', () => {
  expect(rowText({ ...line(0), detail: { a: 'x y', b: { c: 1, d: [2] } } })).toBe(
    'line 0 a="x y" b.c=1 b.d=[2]',
  );
  expect(partsOf('an Ant', 'AN')).toEqual([
    ['an', true],
    [' ', false],
    ['An', true],
    ['t', false],
  ]);
  expect(partsOf('<b>', '')).toEqual([['<b>', false]]);
});
