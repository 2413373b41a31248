import { describe, expect, it } from 'vitest';
import { exitCodes } from './exit-codes.ts';
import { exitCodeOf, formatProblem, problem } from './problem.ts';
import { type ProblemCode, problemTable } from './problem-table.ts';

const codes = Object.keys(problemTable) as ProblemCode[];

describe('the problem table', () => {
  it('has snake_case codes', () => {
    for (const code of codes) expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
  });

  it('gives an error status to exactly the errors, and an exit code to none but them', () => {
    for (const code of codes) {
      const { severity, http_status, exit } = problemTable[code];
      expect([code, http_status >= 400]).toEqual([code, severity === 'error']);
      if (exit !== null) expect([code, severity]).toEqual([code, 'error']);
    }
  });

  it('has an exit code of its own for each reason to exit', () => {
    const numbers = Object.values(exitCodes).map((exit) => exit.code);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(exitCodeOf('target_unreachable')).toBe(3);
    expect(exitCodeOf('zone_unknown')).toBe(2);
  });
});

describe('formatProblem', () => {
  const parts = { message: 'It is wrong.', remedy: 'Mend it.' };
  it('tells severity, message, remedy, value and source in one line', () => {
    expect(formatProblem(problem('zone_unknown', { ...parts, value: 'X', source: '--set' }))).toBe(
      'error: It is wrong. Mend it. [--set: X]',
    );
    expect(formatProblem(problem('no_end', parts))).toBe('notice: It is wrong. Mend it.');
  });

  it('lets a place that knows better say how severe it is', () => {
    expect(problem('target_missing', { ...parts, severity: 'notice' }).severity).toBe('notice');
  });
});
