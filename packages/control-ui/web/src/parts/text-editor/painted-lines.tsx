import type { JSX } from 'preact';
import { type Language, marked, piecesOf } from './highlight.ts';
import { lineRange } from './line-starts.ts';
import { isError, type TextProblem } from './problem.ts';

export interface Painted {
  readonly text: string;
  readonly starts: Uint32Array;
  readonly language: Language;
  readonly problems: ReadonlyMap<number, TextProblem>;
  readonly search: string;
  /** The lines that can be seen, from 1, the last one included. */
  readonly from: number;
  readonly to: number;
  /** The line with the cursor; 0: none. */
  readonly current: number;
}

const numbersOf = ({ from, to }: Painted): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);

const toneOf = (problem: TextProblem | undefined): string =>
  problem === undefined ? '' : isError(problem) ? 'bad' : 'warn';

/** Line numbers, with a mark and its sentence where something is wrong. */
export function Numbers(props: Painted & { readonly onLine: (line: number) => void }): JSX.Element {
  return (
    <ol>
      {numbersOf(props).map((line) => {
        const problem = props.problems.get(line);
        return (
          <li
            key={line}
            class={`${toneOf(problem)} ${line === props.current ? 'now' : ''}`}
            title={problem?.sentence}
            onMouseDown={(event) => {
              event.preventDefault();
              props.onLine(line);
            }}
          >
            {line}
          </li>
        );
      })}
    </ol>
  );
}

/** The lines that can be seen, in colours; the text field above them has the same text without colour. */
export function Lines(props: Painted): JSX.Element {
  const { text, starts, language, search, problems } = props;
  return (
    <ol>
      {numbersOf(props).map((line) => {
        const [start, end] = lineRange(text, starts, line);
        const written = text.slice(start, end);
        const pieces = marked(piecesOf(language, written), written, search);
        return (
          <li
            key={line}
            class={`${toneOf(problems.get(line))} ${line === props.current ? 'now' : ''}`}
          >
            {pieces.map(([piece, kind, found], at) =>
              found === true ? (
                <mark key={at} class={kind}>
                  {piece}
                </mark>
              ) : kind === '' ? (
                piece
              ) : (
                <span key={at} class={kind}>
                  {piece}
                </span>
              ),
            )}
            {'\u200b'}
          </li>
        );
      })}
    </ol>
  );
}
