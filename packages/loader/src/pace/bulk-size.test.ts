import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BulkSize } from './bulk-size.ts';

const quick_ms = 100;
const slow_ms = 3_000;

const after = (first: number, what: (size: BulkSize) => void): number => {
  const size = new BulkSize(first);
  what(size);
  return size.hits;
};

describe('the size of bulk requests', () => {
  it('grows while Matomo is quick, up to 500', () => {
    const size = new BulkSize(200);
    size.answered(200, quick_ms);
    expect(size.hits).toBe(225);
    for (let i = 0; i < 30; i++) size.answered(size.hits, quick_ms);
    expect(size.hits).toBe(500);
  });

  it('shrinks while Matomo is slow, down to 20', () => {
    const size = new BulkSize(200);
    size.answered(200, slow_ms);
    expect(size.hits).toBe(140);
    for (let i = 0; i < 30; i++) size.answered(size.hits, slow_ms);
    expect(size.hits).toBe(20);
  });

  it('stays where Matomo is neither', () => {
    expect(after(200, (size) => size.answered(200, 1_000))).toBe(200);
  });

  it('learns nothing from requests far below it', () => {
    expect(after(200, (size) => size.answered(1, slow_ms))).toBe(200);
    expect(after(200, (size) => size.answered(100, quick_ms))).toBe(200);
    expect(after(200, (size) => size.answered(101, quick_ms))).toBe(225);
  });

  it('is halved by a 413 for good', () => {
    const size = new BulkSize(200);
    size.tooLarge(180);
    expect(size.hits).toBe(90);
    for (let i = 0; i < 30; i++) size.answered(size.hits, quick_ms);
    expect(size.hits).toBe(90);
    size.tooLarge(200);
    expect(size.hits).toBe(90);
    for (let i = 0; i < 9; i++) size.tooLarge(size.hits);
    expect(size.hits).toBe(1);
  });

  it('does not grow by being slow below 20', () => {
    const size = new BulkSize(200);
    size.tooLarge(20);
    size.answered(10, slow_ms);
    expect(size.hits).toBe(10);
  });

  it('stays between one and its limit whatever happens', () => {
    const events = fc.array(
      fc.tuple(
        fc.constantFrom('answered', 'tooLarge'),
        fc.integer({ min: 1, max: 700 }),
        fc.integer({ min: 0, max: 9_000 }),
      ),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), events, (first, happenings) => {
        const size = new BulkSize(first);
        let limit = 500;
        for (const [what, hits, took_ms] of happenings) {
          if (what === 'answered') size.answered(hits, took_ms);
          else {
            size.tooLarge(hits);
            limit = Math.min(limit, Math.max(1, Math.floor(hits / 2)));
          }
          expect(size.hits).toBeGreaterThanOrEqual(1);
          expect(size.hits).toBeLessThanOrEqual(limit);
          expect(Number.isInteger(size.hits)).toBe(true);
        }
      }),
    );
  });
});
