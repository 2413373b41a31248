import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import type { Frame } from './frame.ts';

/** Lines beyond the edges that are painted too. */
const around = 10;

interface View {
  /** First and last painted line of the text, from 1. */
  readonly from: number;
  readonly to: number;
  /** Where the first painted line stands in the field, in px. */
  readonly shift_x: number;
  readonly shift_y: number;
}

/** What of a field can be seen, whatever is scrolled or resized; `look` reads it anew. */
export function useVisible(field: RefObject<HTMLTextAreaElement | null>): {
  readonly viewOf: (frame: Frame) => View;
  readonly look: () => void;
  readonly rowHeight: () => number;
} {
  const [seen, setSeen] = useState({ top: 0, left: 0, height: 600, row: 20, pad: 6 });
  const look = () => {
    const element = field.current;
    if (element === null) return;
    const { scrollTop: top, scrollLeft: left, clientHeight: height } = element;
    setSeen((before) =>
      before.top === top && before.left === left && before.height === height
        ? before
        : { ...before, top, left, height },
    );
  };
  useLayoutEffect(() => {
    const element = field.current;
    if (element === null) return;
    const measure = () => {
      const { lineHeight, paddingTop } = getComputedStyle(element);
      const row = Number.parseFloat(lineHeight) || 20;
      const pad = Number.parseFloat(paddingTop) || 0;
      setSeen((before) => ({ ...before, row, pad, height: element.clientHeight }));
    };
    const resized = new ResizeObserver(measure);
    resized.observe(element);
    measure();
    return () => resized.disconnect();
  }, []);
  const { top, left, height, row, pad } = seen;
  const viewOf = (frame: Frame): View => {
    const first = frame.from + Math.floor((top - pad) / row) - around;
    const from = Math.min(frame.to, Math.max(frame.from, first));
    const to = Math.min(frame.to, frame.from + Math.ceil((top + height - pad) / row) + around);
    const shift_y = pad + (from - frame.from) * row - top;
    return { from, to, shift_x: -left, shift_y };
  };
  return { viewOf, look, rowHeight: () => row };
}
