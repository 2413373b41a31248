import { expect, it } from 'vitest';
import { isDeeper } from './json-body.ts';

it.each([
  ['[[1]]', false],
  ['[[[1]]]', true],
  ['{"a":{"b":[]}}', true],
  ['[[],[],[[]]]', true],
  ['[[],[],[]]', false],
  ['["[[[[", "\\"[[["]', false],
  ['["\\\\", [[1]]]', true],
  ['"', false],
])('%s is deeper than two levels: %s', (json, expected) => {
  expect(isDeeper(json, 2)).toBe(expected);
});
