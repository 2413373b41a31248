import { describe, expect, it } from 'vitest';
import { chiSquare, chiSquareLimit, sigmas } from '../testing/statistics.ts';
import { Draws } from './draw.ts';
import { builtinMaterial } from './material/builtin.ts';
import { compileReferrers } from './referrer.ts';

const material = builtinMaterial();
const visits = 20_000;

/** How many visits come from where. */
function counted(directShare: number, seed: number): Map<string | null, number> {
  const referrerOf = compileReferrers(material, directShare);
  const counts = new Map<string | null, number>();
  for (let index = 0; index < visits; index++) {
    const url = referrerOf(new Draws(seed, index))?.raw ?? null;
    counts.set(url, (counts.get(url) ?? 0) + 1);
  }
  return counts;
}

const channels = Object.entries(material.referrers);

describe('referrers', () => {
  it.each([0, 0.1, 0.3, 0.6, 0.8, 1])('leave a share of %d direct, divide the rest', (share) => {
    const counts = counted(share, 11);
    const direct = counts.get(null) ?? 0;
    expect(sigmas(direct, visits, share)).toBeLessThan(3);
    const inChannel = channels.map(([, sources]) =>
      sources.reduce((sum, source) => sum + (counts.get(source.url.raw) ?? 0), 0),
    );
    expect(inChannel.reduce((a, b) => a + b, direct)).toBe(visits);
    for (const [at, wanted] of [0.6, 0.2, 0.2].entries()) {
      expect(sigmas(inChannel[at] ?? 0, visits - direct, wanted)).toBeLessThan(3);
    }
  });

  it('come from the sources of a channel by their weights', () => {
    const counts = counted(0.3, 12);
    for (const [, sources] of channels) {
      const sum = sources.reduce((total, source) => total + source.weight, 0);
      const found = sources.map((source) => counts.get(source.url.raw) ?? 0);
      const shares = sources.map((source) => source.weight / sum);
      expect(chiSquare(found, shares)).toBeLessThan(chiSquareLimit(sources.length - 1));
    }
  });
});
