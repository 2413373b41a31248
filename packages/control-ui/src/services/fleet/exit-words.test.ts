import { expect, it } from 'vitest';
import { exitWords } from './exit-words.ts';

it('tells in words why processes ended, each reason once', () => {
  expect(exitWords([0, 0])).toBeNull();
  expect(exitWords([3, 0, 3])).toBe(
    'Matomo cannot be reached, is no Matomo tracker, or refuses the site or the token. (Exit code 3.)',
  );
  expect(exitWords([null])).toContain('without telling how');
  expect(exitWords([99])).toContain('(Exit code 99.)');
});
