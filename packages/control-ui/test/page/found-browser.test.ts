import { expect, it } from 'vitest';
import { fateOf } from './found-browser.ts';

it('a browser that is missing fails its tests in CI, and elsewhere is told of', () => {
  expect(fateOf(undefined, true)).toBe('fail');
  expect(fateOf(undefined, false)).toBe('told');
  expect(fateOf('/usr/bin/chromium', true)).toBe('run');
  expect(fateOf('/usr/bin/chromium', false)).toBe('run');
});
