import { count } from '../../format/numbers.ts';
import { Glyph } from '../glyph.tsx';
import type { Frame } from './frame.ts';
import { isError, type TextProblem } from './problem.ts';

/** Below the text: where one is, what is wrong there, and how to get elsewhere. */
export function EditorFoot(props: {
  readonly help: string;
  readonly lines: number;
  /** 0: nowhere yet. */
  readonly current: number;
  /** What the field holds of the text; null: all. */
  readonly frame: Frame | null;
  readonly readOnly: boolean;
  readonly told: TextProblem | undefined;
  readonly onLine: (line: number) => void;
}) {
  const { lines, current, frame, readOnly, told } = props;
  const tone = told === undefined || isError(told) ? 'failed' : 'unknown';
  return (
    <>
      <p class="ed-told small" role="status">
        {told !== undefined && (
          <>
            <Glyph name={tone} tone={tone} /> {told.sentence}
          </>
        )}
      </p>
      <p class="ed-foot small dim">
        <span>
          {current > 0 && `Line ${count(current)} of `}
          {count(lines)} {lines === 1 ? 'line' : 'lines'}
        </span>
        {frame !== null && (
          <label class="unit">
            Go to line
            <input
              class="in n x"
              inputMode="numeric"
              autocomplete="off"
              onKeyDown={(event) => {
                const line = Number(event.currentTarget.value.replaceAll(',', ''));
                if (event.key !== 'Enter' || !(line >= 1)) return;
                // Else the text, which has the focus then, would get the line end.
                event.preventDefault();
                props.onLine(Math.floor(line));
              }}
            />
          </label>
        )}
        <span class="sp" />
        <span id={props.help} class={readOnly ? 'sr' : 'hide-s'}>
          {readOnly ? 'This text can be read only.' : 'Tab writes a tab; Esc, then Tab goes on.'}
          {frame !== null &&
            ` Lines ${count(frame.from)}–${count(frame.to)} are in the field; it goes along as you scroll.`}
        </span>
      </p>
    </>
  );
}
