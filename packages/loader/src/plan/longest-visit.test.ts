import { defaultSettings } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { everyKind, exampleFunnels, materialWith } from '../testing/funnel-material.ts';
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
