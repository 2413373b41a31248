import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** Lines beyond the edges that are painted too. */
const around = 10;

interface View {
  /** First and last painted line, from 1. */
  readonly from: number;
  readonly to: number;
  /** Where the first painted line stands in the field, in px. */
  readonly shift_x: number;
  readonly shift_y: number;
}

/** Which lines of a field can be seen, whatever is scrolled or resized; `look` reads it anew. */
export function useVisible(
  field: RefObject<HTMLTextAreaElement | null>,
  lines: number,
): { readonly view: View; readonly look: () => void; readonly rowHeight: () => number } {
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
  const from = Math.min(lines, Math.max(1, Math.floor((top - pad) / row) + 1 - around));
  const to = Math.min(lines, Math.ceil((top + height - pad) / row) + around);
  const view = { from, to, shift_x: -left, shift_y: pad + (from - 1) * row - top };
  return { view, look, rowHeight: () => row };
}
