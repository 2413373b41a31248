import { stripVTControlCharacters } from 'node:util';
import { problem } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { printProblems, problemCounts, showsColour } from './report.ts';

const notice = problem('no_end', { message: 'It never ends.', remedy: 'Stop it.' });
const error = problem('zone_unknown', {
  message: 'No zone.',
  remedy: 'Write one.',
  value: 'X\u001b[2J',
  source: '--set',
});

function printed(colour: boolean): string {
  let text = '';
  const stream = {
    write: (part: string) => {
      text += part;
    },
  };
  printProblems([notice, error], stream, colour);
  return text;
}

describe('printing problems', () => {
  it('groups them, errors first, each with remedy and source', () => {
    expect(printed(false)).toBe(
      'Errors\n  • No zone.\n    → Write one.\n    (--set: X [2J)\n\nNotices\n  • It never ends.\n    → Stop it.\n\n',
    );
  });

  it('says the same in colour', () => {
    expect(printed(true)).toContain('\u001b[');
    expect(stripVTControlCharacters(printed(true))).toBe(printed(false));
  });

  it('counts them', () => {
    expect(problemCounts([notice, error, notice])).toBe('1 error, 0 warnings, 2 notices');
  });

  it('colours only a terminal that wants it', () => {
    expect(showsColour({ isTTY: true, hasColors: () => true })).toBe(true);
    expect(showsColour({ isTTY: true, hasColors: () => false })).toBe(false);
    expect(showsColour({})).toBe(false);
  });
});
