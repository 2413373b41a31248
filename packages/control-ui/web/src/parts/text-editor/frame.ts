/** Lines of a text, from 1, both included. */
export interface Frame {
  readonly from: number;
  readonly to: number;
}

/** Up to so many lines the field holds all. */
const all = 3_000;
const size = 2_000;
/** So near to the edge of a frame the next one begins. */
const edge = 200;

/**
 * The lines that the field holds when a line has to be in it. A text field of a browser takes seconds for a stroke
 * of an input method in 20,000 lines (it counts from the beginning), and none in 2,000.
 */
export function frameAround(line: number, lines: number): Frame {
  if (lines <= all) return { from: 1, to: lines };
  const from = Math.max(1, Math.min(line - size / 2, lines - size + 1));
  return { from, to: from + size - 1 };
}

/** Whether so many lines are too many for the field. */
export const isTooLong = (lines: number): boolean => lines > 2 * all;

/** The frame to go on with when these lines are looked at; null: the one that is there will do. */
export function nextFrame(frame: Frame, first: number, last: number, lines: number): Frame | null {
  const isNearTop = frame.from > 1 && first - frame.from < edge;
  const isNearEnd = frame.to < lines && frame.to - last < edge;
  if (!isNearTop && !isNearEnd) return null;
  const next = frameAround(Math.round((first + last) / 2), lines);
  return next.from === frame.from && next.to === frame.to ? null : next;
}
