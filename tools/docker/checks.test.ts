import { expect, it } from 'vitest';
import { Checks } from './checks.ts';

function newChecks(): { checks: Checks; lines: string[] } {
  const lines: string[] = [];
  return { checks: new Checks((line) => lines.push(line)), lines };
}

it('counts what holds and what does not, and shows what it found instead', () => {
  const { checks, lines } = newChecks();
  checks.equal('the same list', [1, 2], [1, 2]);
  checks.equal('another list', [1, 2], [2, 1]);
  checks.holds('a fact', false, { code: 7 });
  expect([checks.passed, checks.failed]).toEqual([1, 2]);
  expect(lines.join('\n')).toContain('[1,2] instead of [2,1]');
  expect(lines.join('\n')).toContain('{"code":7}');
});

it('takes a group that throws for a failure, and runs the next group', async () => {
  const { checks, lines } = newChecks();
  await checks.group('broken', () => Promise.reject(new Error('no such container')));
  await checks.group('sound', async () => checks.equal('one', 1, 1));
  expect([checks.passed, checks.failed]).toEqual([1, 1]);
  expect(lines.join('\n')).toContain('no such container');
});
