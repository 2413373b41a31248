import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type Frame, frameAround, isTooLong, nextFrame } from './frame.ts';
import { lineAt, lineRange, lineStarts } from './line-starts.ts';

/** A selection that spans more lines than this is not left behind by scrolling. */
const longSelection = 500;

interface Given {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly value: string;
  readonly starts: Uint32Array;
  readonly rowHeight: () => number;
  readonly onInput: (value: string) => void;
  readonly onUndo: (() => void) | undefined;
}

/** The text field and the text: of a long text the field holds a part, which goes along as one scrolls. */
export function useField(given: Given) {
  const { field, value, starts } = given;
  const latest = useRef(given);
  latest.current = given;
  const [, again] = useState({});
  const told = useRef<string | null>(null);
  const frame = useRef<Frame>({ from: 1, to: 1 });
  const held = useRef<string | null>(null);
  /** Where the cursor is when the field holds other lines. */
  const away = useRef<readonly [number, number] | null>(null);
  const typed = useRef(false);
  const composing = useRef(false);

  if (told.current !== value) {
    // Another text than was typed here: what was looked at stays in view.
    told.current = value;
    frame.current = frameAround(frame.current.from + topRow(given), starts.length);
    away.current = null;
  }
  const offset = starts[frame.current.from - 1] ?? 0;
  const inField = value.slice(offset, lineRange(value, starts, frame.current.to)[1]);

  // The field holds its text by itself: it is told only of what did not come from it.
  const fill = (text: string) => {
    const element = field.current;
    if (element === null || held.current === text) return;
    held.current = text;
    typed.current = false;
    element.value = text;
  };
  useLayoutEffect(() => fill(inField), [inField]);

  /** Puts other lines into the field. The cursor stays where it is in the text. */
  const move = (next: Frame) => {
    const element = field.current;
    const { value: text, starts: begins, rowHeight } = latest.current;
    if (element === null) return;
    const before = offsetOf(begins, frame.current);
    const selection = away.current ?? [
      before + element.selectionStart,
      before + element.selectionEnd,
    ];
    const top = element.scrollTop + (frame.current.from - next.from) * rowHeight();
    frame.current = next;
    const after = offsetOf(begins, next);
    const end = lineRange(text, begins, next.to)[1];
    fill(text.slice(after, end));
    const isInside = selection[0] >= after && selection[1] <= end;
    away.current = isInside ? null : selection;
    if (isInside) element.setSelectionRange(selection[0] - after, selection[1] - after);
    element.scrollTop = top;
    again({});
  };

  const select = (from: number, to: number, focus: boolean) => {
    const element = field.current;
    const { starts: begins, rowHeight } = latest.current;
    if (element === null) return;
    const line = lineAt(begins, from);
    const last = lineAt(begins, to);
    if (line < frame.current.from || last > frame.current.to)
      move(frameAround(line, begins.length));
    const first = offsetOf(begins, frame.current);
    away.current = null;
    if (focus) element.focus({ preventScroll: true });
    element.setSelectionRange(from - first, to - first);
    const top = (line - frame.current.from) * rowHeight();
    const isSeen =
      top >= element.scrollTop && top + 2 * rowHeight() <= element.scrollTop + element.clientHeight;
    if (!isSeen) element.scrollTop = Math.max(0, top - element.clientHeight / 2);
    if (from - (begins[line - 1] ?? 0) < 60) element.scrollLeft = 0;
    element.scrollIntoView({ block: 'nearest' });
    scrolled();
  };

  const scrolled = () => {
    const element = field.current;
    const { starts: begins, rowHeight } = latest.current;
    if (element === null || composing.current) return;
    const first = frame.current.from + Math.floor(element.scrollTop / rowHeight());
    const last = first + Math.ceil(element.clientHeight / rowHeight());
    const next = nextFrame(frame.current, first, last, begins.length);
    if (next === null) return;
    const before = offsetOf(begins, frame.current);
    const lines =
      lineAt(begins, before + element.selectionEnd) -
      lineAt(begins, before + element.selectionStart);
    if (lines <= longSelection) move(next);
  };

  const onInput = () => {
    const element = field.current;
    const { value: text, starts: begins } = latest.current;
    if (element === null) return;
    const written = element.value;
    const from = offsetOf(begins, frame.current);
    const end = lineRange(text, begins, frame.current.to)[1];
    const whole = text.slice(0, from) + written + text.slice(end);
    const lines = lineStarts(written).length;
    frame.current = { ...frame.current, to: frame.current.from + lines - 1 };
    held.current = written;
    typed.current = true;
    told.current = whole;
    // Another stroke may come before the new text does.
    latest.current = { ...latest.current, value: whole, starts: lineStarts(whole) };
    latest.current.onInput(whole);
    if (isTooLong(lines) && !composing.current) {
      const position = from + element.selectionEnd;
      // First the new text arrives here, then the field gets its part of it.
      setTimeout(() => {
        const line = lineAt(latest.current.starts, position);
        move(frameAround(line, latest.current.starts.length));
      });
    }
  };

  /** Keys that concern the whole text, or the cursor where it was left. */
  const onKeyDown = (event: KeyboardEvent) => {
    const { value: text, starts: begins, onUndo } = latest.current;
    const isHeld = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    const isPart = frame.current.to - frame.current.from + 1 < begins.length;
    if (away.current !== null && key !== 'control' && key !== 'meta' && key !== 'shift') {
      select(away.current[0], away.current[1], true);
    }
    if (!isHeld) return;
    const isEdge = key === 'home' || key === 'end';
    if (isPart && (key === 'a' || (isEdge && event.shiftKey))) {
      move({ from: 1, to: begins.length });
    } else if (isPart && isEdge) {
      event.preventDefault();
      const at = key === 'home' ? 0 : text.length;
      select(at, at, true);
    } else if (key === 'z' && !event.shiftKey && !typed.current && onUndo !== undefined) {
      event.preventDefault();
      onUndo();
    }
  };

  return {
    frame: frame.current,
    isPart: frame.current.to - frame.current.from + 1 < starts.length,
    select,
    scrolled,
    onInput,
    onKeyDown,
    onMouseDown: () => {
      away.current = null;
    },
    onComposition: (begins: boolean) => {
      composing.current = begins;
    },
    /** Where the cursor is in the text. */
    position: () =>
      away.current?.[1] ??
      offsetOf(latest.current.starts, frame.current) + (field.current?.selectionEnd ?? 0),
  };
}

const offsetOf = (starts: Uint32Array, { from }: Frame): number => starts[from - 1] ?? 0;

const topRow = ({ field, rowHeight }: Given): number =>
  Math.floor((field.current?.scrollTop ?? 0) / rowHeight());
