import { type Draws, purpose } from './draw.ts';
import type { Encoded, Page } from './material/material.ts';
import type { Hit, Timings } from './visit.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Shares of a stay that the pages get differ by up to three times: 0.5 to 1.5. */
const dwellWeight = (draws: Draws, n: number): number => 0.5 + draws.unit(purpose.dwell, n);

/**
 * The page views of a visit: pages, referrers, moments. Page k begins where the dwell of page k − 1
 * ends; the last dwell ends with the stay. `earlier`: page views that the visit has had before.
 */
export function pageViews(
  draws: Draws,
  pages: readonly Page[],
  count: number,
  duration_ms: number,
  pauseRange_ms: readonly [number, number],
  entryReferrer: Encoded | null,
  earlier = 0,
): Hit[] {
  const hits: Hit[] = [];
  let weights = 0;
  for (let n = 0; n < count; n++) weights += dwellWeight(draws, n);
  let offset = 0;
  let referrer = entryReferrer;
  let last = -1;
  for (let n = 0; n < count; n++) {
    let at = Math.floor(draws.unit(purpose.page, n) * pages.length);
    if (at === last && pages.length > 1) at = (at + 1) % pages.length;
    last = at;
    const page = pages[at] as Page;
    hits.push({
      kind: 'pageview',
      offset_ms: Math.floor(offset),
      pause_ms: n === 0 ? 0 : pause(draws, n, pauseRange_ms),
      page,
      referrer,
      pageview_id: pageviewId(draws, earlier + n),
      detail: timings(draws, earlier + n),
    });
    offset += (duration_ms * dwellWeight(draws, n)) / weights;
    referrer = page.url;
  }
  return hits;
}

function pause(draws: Draws, n: number, [least, most]: readonly [number, number]): number {
  return Math.round(least + draws.unit(purpose.pause, n) * (most - least));
}

/** Six letters or digits; no two of a visit are equal, since n is part of it. */
export function pageviewId(draws: Draws, n: number): string {
  let bits = draws.bits(purpose.pageviewId, n);
  let id = '';
  for (let k = 0; k < 4; k++) {
    id += letters[bits % 62];
    bits = Math.floor(bits / 62);
  }
  return id + letters[Math.floor(n / 62) % 62] + letters[n % 62];
}

/** Milliseconds of the phases of a page load: most loads are quick, a few are slow. */
export function timings(draws: Draws, n: number): Timings {
  const skewed = (least: number, most: number, phase: number): number => {
    const u = draws.unit(purpose.timing, n * 8 + phase);
    return Math.round(least + u * u * u * (most - least));
  };
  return {
    network_ms: skewed(2, 180, 0),
    server_ms: skewed(35, 900, 1),
    transfer_ms: skewed(3, 250, 2),
    dom_processing_ms: skewed(90, 1600, 3),
    dom_completion_ms: skewed(40, 1200, 4),
    on_load_ms: skewed(2, 90, 5),
  };
}
