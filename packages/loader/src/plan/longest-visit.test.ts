import { defaultSettings, type Settings } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { everyKind, exampleFunnels, materialWith } from '../testing/funnel-material.ts';
import { materialWithPlugins } from '../testing/journey-material.ts';
import type { Plugin } from './journeys/interface.ts';
import { longestVisit_ms } from './longest-visit.ts';
import { builtinMaterial } from './material/builtin.ts';
import { compilePlan } from './plan.ts';

const settings = { ...defaultSettings, visit_duration_max: 3 };
const stay_ms = 180_000;
const funnel = (seconds: number, more: object = {}) => ({
  name: `${seconds} s`,
  probability: 0.4,
  exit_after_completion: false,
  ...more,
  steps: [
    { type: 'pageview', url: 'https://shop.example.test/a', delay_seconds_max: seconds - 1 },
    { type: 'pageview', url: 'https://shop.example.test/b', delay_seconds_min: 1 },
  ],
});
const longestOf = (funnels: readonly unknown[]) => longestVisit_ms(settings, materialWith(funnels));

const longest = (changes: Partial<Settings>, plugins: Omit<Plugin, 'api'>[], file = {}) =>
  longestVisit_ms({ ...settings, ...changes }, materialWithPlugins(plugins, file));
const journey = { name: 'own', visit: () => {} };

describe('the longest journey', () => {
  it('counts only if visits follow journeys', () => {
    expect(longest({}, [{ name: 'p', journeys: [journey] }])).toBe(stay_ms);
    expect(longest({ journey_share: 0.1 }, [])).toBeGreaterThan(stay_ms);
  });

  it('is not known of plugins: they may use all the time there is', () => {
    const all_ms = 4 * 3_600_000;
    expect(longest({}, [{ name: 'p', hits: () => undefined }])).toBe(all_ms);
    expect(longest({ journey_share: 0.1 }, [{ name: 'p', journeys: [journey] }])).toBe(all_ms);
  });

  it('is longer than no visit of the personas and of a file', () => {
    const slow = { name: 'slow', pages_max: 30, dwell_seconds_max: 200, exit_share: 0 };
    const material = materialWithPlugins([], { journeys: [slow] });
    const all = { ...settings, journey_share: 1 };
    const plan = compilePlan(all, material, 5);
    const durations = Array.from({ length: 5_000 }, (_, index) => plan(index).duration_ms);
    const bound = longestVisit_ms(all, material);
    expect(Math.max(...durations)).toBeLessThanOrEqual(bound);
    expect(bound).toBeLessThan(3 * 3_600_000);
  });
});

describe('the longest visit', () => {
  it('is the longest stay where there are no funnels', () => {
    expect(longestVisit_ms(settings, builtinMaterial())).toBe(stay_ms);
  });

  it('is the longest funnel and the stay after it', () => {
    expect(longestOf([funnel(60), funnel(3_600)])).toBe(3_600_000 + stay_ms);
  });

  it('has no stay after a funnel that visitors leave from', () => {
    expect(longestOf([funnel(3_600, { exit_after_completion: true })])).toBe(3_600_000);
    expect(longestOf([funnel(60, { exit_after_completion: true })])).toBe(stay_ms);
  });

  it('is none of a funnel that nobody takes', () => {
    expect(longestOf([funnel(3_600, { probability: 0 })])).toBe(stay_ms);
  });

  it('is longer than no visit of the plan', () => {
    const material = materialWith([
      ...exampleFunnels(),
      { ...everyKind, probability: 0.2 },
      funnel(500.5),
    ]);
    const plan = compilePlan(settings, material, 5);
    const durations = Array.from({ length: 2_000 }, (_, index) => plan(index).duration_ms);
    expect(Math.max(...durations)).toBeGreaterThan(stay_ms);
    expect(Math.max(...durations)).toBeLessThanOrEqual(longestVisit_ms(settings, material));
  });
});
