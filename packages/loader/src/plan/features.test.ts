import { defaultSettings } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { everyKind, materialWith } from '../testing/funnel-material.ts';
import { sparing } from './features.ts';
import { compilePlan } from './plan.ts';

const all = {
  countries: true,
  site_search: true,
  outlinks: true,
  downloads: true,
  events: true,
  ecommerce: true,
  goals: true,
  content: true,
};
const whole = compilePlan(defaultSettings, materialWith([everyKind]), 1);
const kindsOf = (features: Partial<typeof all>) =>
  new Set(sparing(whole, { ...all, ...features })(0).hits.map(({ kind }) => kind));

describe('a plan that spares a target something', () => {
  it('is the plan itself when nothing is spared', () => {
    expect(sparing(whole, all)).toBe(whole);
  });

  it.each<[Partial<typeof all>, string[]]>([
    [{ site_search: false }, ['search']],
    [{ outlinks: false }, ['outlink']],
    [{ downloads: false }, ['download']],
    [{ events: false }, ['event']],
    [{ ecommerce: false }, ['cart', 'order']],
    [{ goals: false }, ['goal']],
    [{ content: false }, ['content', 'interaction']],
  ])('leaves out with %o', (features, kinds) => {
    const full = new Set(whole(0).hits.map(({ kind }) => kind));
    expect(kindsOf(features)).toEqual(full.difference(new Set(kinds)));
  });

  it('keeps the pauses and knows which steps are left', () => {
    const visit = whole(3);
    const spared = sparing(whole, { ...all, events: false, content: false })(3);
    const sum = (hits: typeof visit.hits) => hits.reduce((ms, { pause_ms }) => ms + pause_ms, 0);
    expect(sum(spared.hits)).toBe(sum(visit.hits));
    expect(spared.duration_ms).toBe(visit.duration_ms);
    const steps = spared.funnel?.steps ?? [];
    expect(steps).toHaveLength(visit.funnel?.steps.length ?? 0);
    expect(steps.flatMap((hit, at) => (hit === null ? [at] : []))).toEqual([1, 2, 5]);
    expect(steps.filter((hit) => hit !== null)).toEqual(spared.hits.slice(0, -1));
  });
});
