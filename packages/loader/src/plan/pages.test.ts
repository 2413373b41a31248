import { defaultSettings } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { chiSquare, chiSquareLimit } from '../testing/statistics.ts';
import { builtinMaterial } from './material/builtin.ts';
import { encoded, type Material } from './material/material.ts';
import { compilePlan, type PlanSettings } from './plan.ts';
import type { Hit, Visit } from './visit.ts';

const material = builtinMaterial();

/** The first visits of a plan. */
const visitsOf = (changes: Partial<PlanSettings>, count = 20_000, from: Material = material) => {
  const plan = compilePlan({ ...defaultSettings, ...changes }, from, 21);
  return Array.from({ length: count }, (_, index) => plan(index));
};
const viewsOf = (visit: Visit): Hit[] => visit.hits.filter((hit) => hit.kind === 'pageview');

describe('page views', () => {
  it.each([
    [1, 6],
    [3, 6],
    [1, 100],
    [2, 2],
    [1, 1],
  ])('are between %i and %i, all numbers equally likely', (min, max) => {
    const counts = new Float64Array(max - min + 1);
    for (const visit of visitsOf({ pageviews_min: min, pageviews_max: max }, 10_000)) {
      counts[viewsOf(visit).length - min]! += 1;
    }
    expect(counts.reduce((a, b) => a + b)).toBe(10_000);
    if (max > min) expect(chiSquare(counts)).toBeLessThan(chiSquareLimit(max - min));
  });

  it('visit all pages alike, never one twice in a row', () => {
    const pages = material.pages.slice(0, 10);
    const seen = new Map(pages.map((page) => [page, 0]));
    for (const visit of visitsOf({}, 5_000, { ...material, pages })) {
      let before: unknown = null;
      for (const { page } of viewsOf(visit)) {
        if (page === before) expect.fail(`visit ${visit.index} views a page twice in a row`);
        before = page;
      }
      const entry = viewsOf(visit)[0]!.page;
      seen.set(entry, seen.get(entry)! + 1);
    }
    expect(chiSquare([...seen.values()])).toBeLessThan(chiSquareLimit(9));
  });

  it('reload the page of a site that has only one', () => {
    const pages = [{ url: encoded('https://one.example/'), title: encoded('One') }];
    for (const visit of visitsOf({}, 50, { ...material, pages })) {
      expect(viewsOf(visit).every((hit) => hit.page === pages[0])).toBe(true);
    }
  });

  it('have ids of six letters or digits, no two of a visit alike', () => {
    for (const visit of visitsOf({ pageviews_min: 100, pageviews_max: 100 }, 200)) {
      const ids = viewsOf(visit).map((hit) => hit.pageview_id);
      expect(ids.every((id) => /^[A-Za-z0-9]{6}$/.test(id))).toBe(true);
      // Not by luck: the last two letters number the views.
      expect(new Set(ids.map((id) => id.slice(4))).size).toBe(100);
    }
  });

  it('begin after pauses within their range, the first at once', () => {
    const range = { pause_between_pvs_min: 0.5, pause_between_pvs_max: 2 };
    const pauses = visitsOf(range).flatMap((visit) => {
      const [first, ...later] = viewsOf(visit);
      expect(first?.pause_ms).toBe(0);
      return later.map((hit) => hit.pause_ms);
    });
    expect(Math.min(...pauses.slice(0, 50_000))).toBeGreaterThanOrEqual(500);
    expect(Math.max(...pauses.slice(0, 50_000))).toBeLessThanOrEqual(2_000);
    expect(pauses.every(Number.isInteger)).toBe(true);
    const tenths = new Float64Array(15);
    for (const pause of pauses) if (pause < 2_000) tenths[Math.floor((pause - 500) / 100)]! += 1;
    // The first and the last value of a range that is rounded get half a share.
    const inner = tenths.subarray(1, 14);
    expect(chiSquare(inner)).toBeLessThan(chiSquareLimit(inner.length - 1));
  });

  it('share the stay: no page gets more than three times as much as another', () => {
    for (const visit of visitsOf({ pageviews_min: 5, pageviews_max: 9 }, 2_000)) {
      const begins = viewsOf(visit).map((hit) => hit.offset_ms);
      const stays = begins.map((at, n) => (begins[n + 1] ?? visit.duration_ms) - at);
      expect(begins[0]).toBe(0);
      expect(Math.min(...stays)).toBeGreaterThan(0);
      expect(Math.max(...stays)).toBeLessThanOrEqual(3 * Math.min(...stays) + 4);
    }
  });

  it('last between the shortest and the longest stay, all lengths equally likely', () => {
    const minutes = { visit_duration_min: 1, visit_duration_max: 8 };
    const lengths = new Float64Array(28);
    for (const visit of visitsOf(minutes)) {
      expect(visit.duration_ms).toBe(visit.hits.at(-1)?.offset_ms);
      lengths[Math.min(27, Math.floor((visit.duration_ms / 60_000 - 1) * 4))]! += 1;
    }
    expect(chiSquare(lengths)).toBeLessThan(chiSquareLimit(27));
    const still = visitsOf({ visit_duration_min: 0, visit_duration_max: 0 }, 100);
    expect(still.flatMap((visit) => visit.hits).every((hit) => hit.offset_ms === 0)).toBe(true);
  });
});
