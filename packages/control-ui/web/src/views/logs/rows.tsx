import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { partsOf, rowText, rowTime } from './line-text.ts';
import type { HeldLine } from './log-hold.ts';

/** Height of a row, as log.css has it; on a phone a row has two lines. */
const rowHeight = (): number => (matchMedia('(max-width: 640px)').matches ? 44 : 20);
/** Rows above and below what can be seen. */
const around = 12;
const nearEnd = 4;

/**
 * The lines, of which only those that can be seen are in the document: ten thousand are as light as fifty.
 * `onScrolled` tells whether one is at the end.
 */
export function Rows(props: {
  readonly lines: readonly HeldLine[];
  readonly search: string;
  /** Number of the match one is at. */
  readonly at: number | null;
  readonly following: boolean;
  readonly onScrolled: (atEnd: boolean) => void;
  readonly onOpen: (line: HeldLine) => void;
  readonly label: string;
}) {
  const { lines, search, following, onScrolled } = props;
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 800 });
  const height = rowHeight();
  const last = lines.at(-1)?.number ?? 0;

  useLayoutEffect(() => {
    const element = box.current;
    if (element !== null && following) element.scrollTop = element.scrollHeight;
  }, [following, last, lines.length]);

  useLayoutEffect(() => {
    const element = box.current;
    const row = lines.findIndex(({ number }) => number === props.at);
    if (element === null || row < 0) return;
    element.scrollTop = Math.max(0, row * height - element.clientHeight / 2);
  }, [props.at]);

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const resized = new ResizeObserver(() =>
      setView({ top: element.scrollTop, height: element.clientHeight }),
    );
    resized.observe(element);
    return () => resized.disconnect();
  }, []);

  const scrolled = () => {
    const element = box.current;
    if (element === null) return;
    setView({ top: element.scrollTop, height: element.clientHeight });
    const left = element.scrollHeight - element.scrollTop - element.clientHeight;
    onScrolled(left <= nearEnd);
  };
  const from = Math.max(0, Math.floor(view.top / height) - around);
  const to = Math.min(lines.length, Math.ceil((view.top + view.height) / height) + around);
  return (
    <div
      class="log-rows"
      ref={box}
      onScroll={scrolled}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by keyboard
      tabIndex={0}
      role="log"
      aria-live="off"
      aria-label={props.label}
    >
      <ol style={{ height: `${lines.length * height}px` }}>
        {lines.slice(from, to).map((line, index) => (
          <Row
            key={line.number}
            line={line}
            top={(from + index) * height}
            search={search}
            current={line.number === props.at}
            onOpen={props.onOpen}
          />
        ))}
      </ol>
    </div>
  );
}

const shortLevels = { error: 'error', warning: 'warn', info: 'info', debug: 'debug' } as const;
/** A row shows this much; opened, a line shows all. */
const longest = 2_000;

function Row(props: {
  readonly line: HeldLine;
  readonly top: number;
  readonly search: string;
  readonly current: boolean;
  readonly onOpen: (line: HeldLine) => void;
}) {
  const { line, search } = props;
  const level = shortLevels[line.level];
  return (
    <li class={`${level} ${props.current ? 'current' : ''}`} style={{ top: `${props.top}px` }}>
      <time dateTime={line.at}>{rowTime(line.at)}</time>
      <span class="lv">{level}</span>
      <span class="ev clip">{line.loader}</span>
      <button type="button" class="msg clip" onClick={() => props.onOpen(line)} title="Show all">
        {partsOf(rowText(line).slice(0, longest), search).map(([part, found], index) =>
          found ? <mark key={index}>{part}</mark> : part,
        )}
      </button>
    </li>
  );
}
