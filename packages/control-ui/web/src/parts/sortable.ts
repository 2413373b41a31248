import { useEffect, useRef, useState } from 'preact/hooks';

interface Drag {
  readonly from: number;
  /** Where it would come to lie. */
  readonly to: number;
}

/**
 * A list whose rows are moved by dragging a grip, with mouse, pen or finger, and with Alt and the arrow keys
 * anywhere in a row. The list's children are the rows. The focus stays with the row that was moved.
 */
export function useSortable(count: number, onMove: ((from: number, to: number) => void) | null) {
  const list = useRef<HTMLElement | null>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const [told, setTold] = useState('');
  const held = useRef<HTMLElement | null>(null);
  useEffect(() => {
    if (held.current !== null && document.activeElement !== held.current) held.current.focus();
    held.current = null;
  });
  const move = (from: number, to: number) => {
    if (onMove === null || to < 0 || to >= count || from === to) return;
    setTold(`${from + 1} is ${to + 1} now.`);
    onMove(from, to);
  };
  return {
    list,
    /** For people who do not see it, in a live region. */
    told,
    /** Attributes of a row. */
    row: (at: number) => ({
      class: classOf(drag, at),
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key === 'Escape') setDrag(null);
        const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
        if (!event.altKey || by === 0 || onMove === null) return;
        event.preventDefault();
        held.current = document.activeElement as HTMLElement | null;
        move(at, at + by);
      },
    }),
    /** Attributes of a row's grip. */
    grip: (at: number) => ({
      onPointerDown: (event: PointerEvent) => {
        if (event.button !== 0 || onMove === null) return;
        (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
        setDrag({ from: at, to: at });
      },
      onPointerMove: (event: PointerEvent) => {
        if (drag === null || list.current === null) return;
        scrollAt(event.clientY);
        const to = placeOf(list.current, drag.from, event.clientY);
        if (to !== drag.to) setDrag({ ...drag, to });
      },
      onPointerUp: () => {
        if (drag !== null) move(drag.from, drag.to);
        setDrag(null);
      },
      onPointerCancel: () => setDrag(null),
    }),
  };
}

/** How many of the other rows have their middle above the pointer. */
function placeOf(list: HTMLElement, from: number, y: number): number {
  return [...list.children].filter((row, at) => {
    const { top, height } = row.getBoundingClientRect();
    return at !== from && top + height / 2 < y;
  }).length;
}

/** A long list comes along at the edges of the window. */
function scrollAt(y: number): void {
  const edge = 60;
  if (y < edge) scrollBy(0, -12);
  else if (y > innerHeight - edge) scrollBy(0, 12);
}

/** A line shows where the row would come to lie. */
function classOf(drag: Drag | null, at: number): string {
  if (drag === null) return '';
  if (at === drag.from) return 'dragged';
  if (at !== drag.to || drag.from === drag.to) return '';
  return drag.to > drag.from ? 'drop-after' : 'drop-before';
}
