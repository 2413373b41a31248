import { expect, it } from 'vitest';
import { conversionOf } from './money.ts';
import { Parameters } from './parameters.ts';

const read = (values: Record<string, unknown>) => conversionOf(new Parameters(values));

it.each([
  [{}, null],
  [{ idgoal: '0', ec_id: 'A1' }, 'order'],
  [{ idgoal: 0 }, 'cart'],
  [{ idgoal: '3' }, 'goal'],
  [{ idgoal: 'x' }, null],
])('%o is %s', (values, kind) => {
  expect(read(values)?.kind ?? null).toBe(kind);
});

it.each([
  ['no JSON', 0],
  ['{"sku":"s1"}', 0],
  ['[{"sku":"s1"}]', 0],
  ['[["SKU9"]]', 1],
  ['[["s1","One","C1","12,50",2],["s2"]]', 3],
  ['[["","One","C1",5,2]]', 0],
  [[['s1', 'One', 'C1', 5, 2]], 2],
  ['', 0],
])('ec_items %j hold %i items, and the order stands', (ec_items, items) => {
  expect(read({ idgoal: '0', ec_id: 'A1', ec_items })).toMatchObject({ kind: 'order', items });
});

it.each([
  ['66.37', 66.37],
  ['abc', null],
  ['1 234,50', null],
  ['', null],
])('revenue %j is %s', (revenue, amount) => {
  expect(read({ idgoal: '0', ec_id: 'A1', revenue })?.revenue).toBe(amount);
});
