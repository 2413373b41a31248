import { describe, expect, it } from 'vitest';
import { shareRow } from './share-row.ts';

describe('a share', () => {
  it('is so many standard deviations from what was asked for', () => {
    expect(shareRow('a', 560, 10_000, 0.05)).toMatchObject({ planned: 0.056, off: false });
    expect(shareRow('a', 560, 10_000, 0.05).sigmas).toBeCloseTo(2.753, 3);
    expect(shareRow('a', 600, 10_000, 0.05)).toMatchObject({ off: true });
  });

  it.each([
    [0, 100, 0, false],
    [1, 100, 0, true],
    [100, 100, 1, false],
    [99, 100, 1, true],
  ])('of %d in %d, asked for %d, leaves nothing to chance', (count, total, asked, off) => {
    expect(shareRow('a', count, total, asked)).toMatchObject({ sigmas: null, off });
  });

  it('of nothing is none, and of what nobody asked for is not judged', () => {
    expect(shareRow('a', 0, 0, 0.5)).toMatchObject({ planned: null, off: false });
    expect(shareRow('a', 5, 10, null)).toMatchObject({ planned: 0.5, sigmas: null, off: false });
  });

  it('may differ a little where that is no mistake', () => {
    expect(shareRow('a', 47_000, 100_000, 0.5)).toMatchObject({ off: true });
    expect(shareRow('a', 47_000, 100_000, 0.5, 0.1)).toMatchObject({ off: false });
    expect(shareRow('a', 44_000, 100_000, 0.5, 0.1)).toMatchObject({ off: true });
  });
});
