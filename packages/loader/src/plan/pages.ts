import { type Draws, purpose } from './draw.ts';
import type { Encoded, Page } from './material/material.ts';
import type { PageLoads } from './timings.ts';
import type { Hit } from './visit.ts';

const letters = Uint8Array.from(
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  (letter) => letter.charCodeAt(0),
);
const letterAt = (n: number): number => letters[n % 62] as number;

/** Shares of a stay that the pages get differ by up to three times: 0.5 to 1.5. */
const dwellWeight = (draws: Draws, n: number): number => 0.5 + draws.unit(purpose.dwell, n);

/**
 * The views of these pages: referrers, moments, timings. Page k begins where the dwell of page k − 1 ends;
 * the last dwell ends with the stay. `earlier`: page views that the visit has had before.
 */
export function pageViews(
  draws: Draws,
  pages: readonly Page[],
  duration_ms: number,
  pauseRange_ms: readonly [number, number],
  entryReferrer: Encoded | null,
  loads: PageLoads,
  earlier = 0,
): Hit[] {
  let weights = 0;
  for (let n = 0; n < pages.length; n++) weights += dwellWeight(draws, n);
  let offset = 0;
  let referrer = entryReferrer;
  return pages.map((page, n) => {
    const hit: Hit = {
      kind: 'pageview',
      offset_ms: Math.floor(offset),
      pause_ms: n === 0 ? 0 : pause(draws, n, pauseRange_ms),
      page,
      referrer,
      pageview_id: pageviewId(draws, earlier + n),
      detail: loads(earlier + n),
    };
    offset += (duration_ms * dwellWeight(draws, n)) / weights;
    referrer = page.url;
    return hit;
  });
}

function pause(draws: Draws, n: number, [least, most]: readonly [number, number]): number {
  return Math.round(least + draws.unit(purpose.pause, n) * (most - least));
}

/** Six letters or digits; no two of a visit are equal, since n is part of it. */
export function pageviewId(draws: Draws, n: number): string {
  const bits = draws.bits(purpose.pageviewId, n);
  const second = (bits / 62) >>> 0;
  const third = (second / 62) >>> 0;
  return String.fromCharCode(
    letterAt(bits),
    letterAt(second),
    letterAt(third),
    letterAt((third / 62) >>> 0),
    letterAt((n / 62) >>> 0),
    letterAt(n),
  );
}
