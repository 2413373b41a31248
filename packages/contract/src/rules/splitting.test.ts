import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../settings/list.ts';
import { visitsStayWhole } from './splitting.ts';

/** What the rule says about visits of `pages` pages that stay for `minutes`. */
function verdict(pages: [number, number], minutes: [number, number]): string[] {
  const settings = {
    ...defaultSettings,
    pageviews_min: pages[0],
    pageviews_max: pages[1],
    visit_duration_min: minutes[0],
    visit_duration_max: minutes[1],
  };
  return visitsStayWhole.check(settings, new Map(), 'send').map((p) => p.code);
}

/** The longest gap between the page views of a visit whose pages have these weights. */
function longestGap(weights: readonly number[], minutes: number): number {
  const sum = weights.reduce((a, b) => a + b, 0);
  return Math.max(...weights.slice(0, -1).map((w) => (minutes * w) / sum));
}

const weights = fc.array(fc.double({ min: 0.5, max: 1.5, noNaN: true }), {
  minLength: 2,
  maxLength: 12,
});

describe('visits that Matomo would split', () => {
  it.each<[[number, number], [number, number], string[]]>([
    [[3, 6], [1, 49], []],
    [[3, 6], [1, 50], ['visits_may_split']],
    [[2, 2], [1, 39], []],
    [[2, 2], [1, 40], ['visits_may_split']],
    [[1, 2], [119, 120], ['visits_may_split']],
    [[2, 2], [120, 120], ['visits_always_split']],
    [[1, 1], [120, 240], []],
    [[1, 6], [1, 39], []],
  ])('%j pages in %j minutes: %j', (pages, minutes, codes) => {
    expect(verdict(pages, minutes)).toEqual(codes);
  });

  it('are never planned when the rule is silent', () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 240 }), (w, minutes) => {
        fc.pre(verdict([w.length, w.length], [minutes, minutes]).length === 0);
        expect(longestGap(w, minutes)).toBeLessThan(30);
      }),
    );
  });

  it('are all there are when the rule says always', () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 120, max: 240 }), (w, minutes) => {
        fc.pre(verdict([2, w.length], [minutes, minutes])[0] === 'visits_always_split');
        expect(longestGap(w, minutes)).toBeGreaterThanOrEqual(30 - 1e-9);
      }),
    );
  });
});
