import { styleText } from 'node:util';
import type { Problem, Severity } from '@trafficinator/contract';

const groups: readonly { severity: Severity; title: string; colour: 'red' | 'yellow' | 'blue' }[] =
  [
    { severity: 'error', title: 'Errors', colour: 'red' },
    { severity: 'warning', title: 'Warnings', colour: 'yellow' },
    { severity: 'notice', title: 'Notices', colour: 'blue' },
  ];

/** What text can be written to; a terminal says what it can show. */
export interface TextStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  hasColors?(): boolean;
}

/** Prints problems for people: errors first, each with what is wrong, what to do and where it was written. */
export function printProblems(
  problems: readonly Problem[],
  stream: TextStream,
  colour: boolean,
): void {
  for (const group of groups) {
    const found = problems.filter(({ severity }) => severity === group.severity);
    if (found.length === 0) continue;
    stream.write(`${paint(group.title, [group.colour, 'bold'], colour)}\n`);
    for (const each of found) stream.write(paragraph(each, colour));
    stream.write('\n');
  }
}

function paragraph(found: Problem, colour: boolean): string {
  const where = whereOf(found);
  return [
    `  • ${plain(found.message)}`,
    `    → ${plain(found.remedy)}`,
    ...(where === null ? [] : [paint(`    ${plain(where)}`, ['dim'], colour)]),
    '',
  ].join('\n');
}

function whereOf({ source, value }: Problem): string | null {
  if (source === 'default') return null;
  return value === null ? `(${source})` : `(${source}: ${value})`;
}

/** `0 errors, 1 warning, 2 notices` */
export function problemCounts(problems: readonly Problem[]): string {
  return groups
    .map(({ severity }) => {
      const count = problems.filter((found) => found.severity === severity).length;
      return `${count} ${severity}${count === 1 ? '' : 's'}`;
    })
    .join(', ');
}

/** Text with a style for a terminal that shows colours. */
export function paint(
  text: string,
  style: Parameters<typeof styleText>[0],
  colour: boolean,
): string {
  return colour ? styleText(style, text, { validateStream: false }) : text;
}

/** Whether a stream is a terminal that wants colours; NO_COLOR and TERM=dumb say no. */
export function showsColour(stream: Pick<TextStream, 'isTTY' | 'hasColors'>): boolean {
  return stream.isTTY === true && stream.hasColors?.() === true;
}

/** What comes from outside must not steer the terminal. */
const plain = (text: string): string => text.replace(/\p{Cc}/gu, ' ');
