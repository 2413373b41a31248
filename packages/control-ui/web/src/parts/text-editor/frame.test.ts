import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameAround, nextFrame } from './frame.ts';

const lines = fc.integer({ min: 1, max: 100_000 });

describe('the part of a text that is in the field', () => {
  it('has the line that is asked for, is within the text, and is never long', () => {
    fc.assert(
      fc.property(lines, fc.nat(), (all, nth) => {
        const line = 1 + (nth % all);
        const { from, to } = frameAround(line, all);
        expect(1 <= from && from <= line && line <= to && to <= all).toBe(true);
        expect(to - from).toBeLessThan(3_000);
      }),
    );
  });

  it('goes along with what is looked at, and then stays', () => {
    fc.assert(
      fc.property(lines, fc.nat(), fc.nat(), (all, nth, start) => {
        const first = 1 + (nth % all);
        const last = Math.min(all, first + 40);
        const before = frameAround(1 + (start % all), all);
        const frame = nextFrame(before, first, last, all) ?? before;
        expect(nextFrame(frame, first, last, all)).toBeNull();
      }),
    );
  });
});
