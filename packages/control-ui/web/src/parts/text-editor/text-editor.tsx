import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { EditorFoot } from './editor-foot.tsx';
import { FindBar } from './find-bar.tsx';
import type { Language } from './highlight.ts';
import { lineAt, lineRange, lineStarts } from './line-starts.ts';
import { Lines, Numbers } from './painted-lines.tsx';
import { byLine, isError, type TextProblem } from './problem.ts';
import { ProblemList } from './problem-list.tsx';
import { useTabKey } from './tab-key.ts';
import { useField } from './use-field.ts';
import { useVisible } from './visible.ts';

/**
 * Edits a text of many lines in the browser's own text field, so that undo, input methods and screen readers work
 * as everywhere. Colours lie behind it, and only of the lines that can be seen.
 */
export function TextEditor(props: {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly language: Language;
  readonly problems: readonly TextProblem[];
  readonly readOnly?: boolean;
  /** A line to go to: the cursor is put there whenever this is another object. */
  readonly goTo?: { readonly line: number } | null;
  /** Takes a step back when the field's own undo has none. */
  readonly onUndo?: () => void;
}) {
  const { value, language, problems, readOnly = false, goTo = null } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const find = useRef<HTMLInputElement>(null);
  const [search, setSearch] = useState('');
  const [current, setCurrent] = useState(0);
  const starts = useMemo(() => lineStarts(value), [value]);
  const marks = useMemo(() => byLine(problems), [problems]);
  const { viewOf, look, rowHeight } = useVisible(field);
  const held = useField({
    field,
    value,
    starts,
    rowHeight,
    onInput: props.onInput,
    onUndo: readOnly ? undefined : props.onUndo,
  });
  const tabKey = useTabKey(language, readOnly);
  const help = useId();
  const latest = useRef({ value, starts, held });
  latest.current = { value, starts, held };

  const showCurrent = () =>
    setCurrent(lineAt(latest.current.starts, latest.current.held.position()));
  const toLine = (line: number) => {
    const [from] = lineRange(latest.current.value, latest.current.starts, line);
    held.select(from, from, true);
    setCurrent(lineAt(starts, from));
    look();
  };
  useEffect(() => {
    if (goTo !== null) toLine(goTo.line);
  }, [goTo]);
  useEffect(() => {
    const moved = () => {
      if (document.activeElement === field.current) showCurrent();
    };
    document.addEventListener('selectionchange', moved);
    return () => document.removeEventListener('selectionchange', moved);
  }, []);

  const view = viewOf(held.frame);
  const painted = { text: value, starts, language, problems: marks, search, current, ...view };
  return (
    <div class="ed">
      <FindBar
        input={find}
        text={value}
        search={search}
        onSearch={setSearch}
        position={held.position}
        onFound={(from, to) => {
          held.select(from, to, false);
          setCurrent(lineAt(starts, from));
          look();
        }}
      />
      <div class={`ed-box ${readOnly ? 'read' : ''}`}>
        <div
          class="ed-numbers"
          aria-hidden="true"
          style={{ width: `calc(${String(starts.length).length}ch + 26px)` }}
        >
          <div style={{ transform: `translateY(${view.shift_y}px)` }}>
            <Numbers {...painted} onLine={toLine} />
          </div>
        </div>
        <div class="ed-body">
          <div class="ed-paint" aria-hidden="true">
            <div style={{ transform: `translate(${view.shift_x}px, ${view.shift_y}px)` }}>
              <Lines {...painted} />
            </div>
          </div>
          <textarea
            ref={field}
            class="ed-text"
            aria-label={props.label}
            aria-describedby={help}
            aria-invalid={problems.some(isError)}
            readOnly={readOnly}
            wrap="off"
            spellcheck={false}
            autocomplete="off"
            autocapitalize="off"
            onScroll={() => {
              held.scrolled();
              look();
            }}
            onMouseDown={held.onMouseDown}
            onKeyDown={(event) => {
              // The browser's own search knows only what is in the field.
              if ((event.ctrlKey || event.metaKey) && event.key === 'f' && held.isPart) {
                event.preventDefault();
                find.current?.focus();
                return;
              }
              held.onKeyDown(event);
              tabKey(event);
            }}
            onCompositionStart={() => held.onComposition(true)}
            onCompositionEnd={() => held.onComposition(false)}
            onInput={held.onInput}
          />
        </div>
      </div>
      <EditorFoot
        help={help}
        lines={starts.length}
        current={current}
        frame={held.isPart ? held.frame : null}
        readOnly={readOnly}
        told={marks.get(current)}
        onLine={toLine}
      />
      <ProblemList problems={problems} onLine={toLine} />
    </div>
  );
}
