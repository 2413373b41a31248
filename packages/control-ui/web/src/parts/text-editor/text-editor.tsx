import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { count } from '../../format/numbers.ts';
import { FindBar } from './find-bar.tsx';
import type { Language } from './highlight.ts';
import { lineAt, lineRange, lineStarts } from './line-starts.ts';
import { Lines, Numbers } from './painted-lines.tsx';
import { byLine, type TextProblem } from './problem.ts';
import { ProblemList } from './problem-list.tsx';
import { useTabKey } from './tab-key.ts';
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
}) {
  const { value, language, problems, readOnly = false, goTo = null } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const written = useRef<string | null>(null);
  const [search, setSearch] = useState('');
  const [current, setCurrent] = useState(0);
  const starts = useMemo(() => lineStarts(value), [value]);
  const latest = useRef({ value, starts });
  latest.current = { value, starts };
  const marks = useMemo(() => byLine(problems), [problems]);
  const { view, look, rowHeight } = useVisible(field, starts.length);
  const tabKey = useTabKey(language, readOnly);
  const help = useId();

  // The field holds the text by itself: comparing it at every stroke would cost as much as reading it.
  useLayoutEffect(() => {
    if (field.current === null || written.current === value) return;
    written.current = value;
    field.current.value = value;
    look();
  }, [value]);

  const select = (from: number, to: number, focus: boolean) => {
    const element = field.current;
    if (element === null) return;
    if (focus) element.focus({ preventScroll: true });
    element.setSelectionRange(from, to);
    const row = lineAt(latest.current.starts, from) - 1;
    const start = lineRange(latest.current.value, latest.current.starts, row + 1)[0];
    const top = row * rowHeight();
    const isSeen =
      top >= element.scrollTop && top + 2 * rowHeight() <= element.scrollTop + element.clientHeight;
    if (!isSeen) element.scrollTop = Math.max(0, top - element.clientHeight / 2);
    if (from - start < 60) element.scrollLeft = 0;
    element.scrollIntoView({ block: 'nearest' });
    setCurrent(row + 1);
    look();
  };
  const toLine = (line: number) => {
    const [from] = lineRange(latest.current.value, latest.current.starts, line);
    select(from, from, true);
  };
  useEffect(() => {
    if (goTo !== null) toLine(goTo.line);
  }, [goTo]);
  useEffect(() => {
    const moved = () => {
      const element = field.current;
      if (element === null || document.activeElement !== element) return;
      setCurrent(lineAt(latest.current.starts, element.selectionEnd));
    };
    document.addEventListener('selectionchange', moved);
    return () => document.removeEventListener('selectionchange', moved);
  }, []);

  const painted = { text: value, starts, language, problems: marks, search, current, ...view };
  const told = marks.get(current);
  return (
    <div class="ed">
      <FindBar
        text={value}
        search={search}
        onSearch={setSearch}
        position={() => field.current?.selectionEnd ?? 0}
        onFound={(from, to) => select(from, to, false)}
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
            aria-invalid={problems.some(({ severity }) => severity !== 'warning')}
            readOnly={readOnly}
            wrap="off"
            spellcheck={false}
            autocomplete="off"
            autocapitalize="off"
            onScroll={look}
            onKeyDown={tabKey}
            onInput={({ currentTarget }) => {
              written.current = currentTarget.value;
              props.onInput(written.current);
            }}
          />
        </div>
      </div>
      <p class="ed-foot small dim">
        <span>
          {current > 0 && `Line ${count(current)} of `}
          {count(starts.length)} {starts.length === 1 ? 'line' : 'lines'}
        </span>
        <span role="status" class={told === undefined ? '' : 'ed-told'}>
          {told?.sentence}
        </span>
        <span class="sp" />
        <span id={help} class={readOnly ? 'sr' : 'hide-s'}>
          {readOnly ? 'This text can be read only.' : 'Tab writes a tab; Esc, then Tab goes on.'}
        </span>
      </p>
      <ProblemList problems={problems} onLine={toLine} />
    </div>
  );
}
