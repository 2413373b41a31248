import { useState } from 'preact/hooks';
import { count } from '../../format/numbers.ts';
import { Glyph } from '../glyph.tsx';
import { isError, type TextProblem } from './problem.ts';

const portion = 20;

/** What is wrong, each with a link that puts the cursor on its line. */
export function ProblemList(props: {
  readonly problems: readonly TextProblem[];
  readonly onLine: (line: number) => void;
}) {
  const [shown, setShown] = useState(portion);
  const { problems } = props;
  if (problems.length === 0) return null;
  const rest = problems.length - shown;
  return (
    <>
      <ul class="list-err ed-problems" aria-label="Problems of the text">
        {problems.slice(0, shown).map((problem, at) => {
          const tone = isError(problem) ? 'failed' : 'unknown';
          return (
            <li key={at}>
              <Glyph name={tone} tone={tone} />
              <span class="small">
                {problem.line > 0 && (
                  <>
                    <button type="button" class="link" onClick={() => props.onLine(problem.line)}>
                      Line {count(problem.line)}
                    </button>{' '}
                  </>
                )}
                {problem.sentence}
              </span>
            </li>
          );
        })}
      </ul>
      {rest > 0 && (
        <p class="small dim ed-rest">
          {count(rest)} more.{' '}
          <button type="button" class="link" onClick={() => setShown(shown + 5 * portion)}>
            Show {count(Math.min(rest, 5 * portion))} more
          </button>
        </p>
      )}
    </>
  );
}
