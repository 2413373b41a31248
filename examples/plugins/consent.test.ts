import { describe, expect, it } from 'vitest';
import type { EventTemplate } from '../../packages/loader/src/plan/material/material.ts';
import { examplePlan } from '../../packages/loader/src/testing/example-plan.ts';
import { sigmas } from '../../packages/loader/src/testing/statistics.ts';

const visits = 10_000;
const plan = examplePlan('consent');
const planned = Array.from({ length: visits }, (_, index) => plan(index));
const answerOf = ({ hits }: (typeof planned)[number]): string =>
  (hits[1]!.detail as EventTemplate).action.raw;

describe('the consent banner', () => {
  it('is answered on the first page of every visit, and none fails', () => {
    for (const visit of planned) {
      if (visit.faults !== undefined) expect.fail(visit.faults[0]?.message);
      expect(visit.hits[0]?.dimensions).toBe(`&dimension2=${answerOf(visit)}`);
      expect(visit.hits[1]?.pageview_id).toBe(visit.hits[0]?.pageview_id);
    }
  });

  it('is declined by three in ten, whose searches, clicks and downloads are not sent', () => {
    const declined = planned.filter((visit) => answerOf(visit) === 'declined');
    expect(sigmas(declined.length, visits, 0.3)).toBeLessThan(3);
    const kinds = new Set(declined.flatMap(({ hits }) => hits.slice(2).map(({ kind }) => kind)));
    expect([...kinds].sort()).toEqual(['order', 'pageview', 'ping']);
  });

  it('leaves the other hits of those who accept as they are', () => {
    const without = examplePlan(null);
    for (const visit of planned.slice(0, 200)) {
      if (answerOf(visit) === 'declined') continue;
      const before = without(visit.index).hits.slice(1, -1);
      const now = visit.hits.slice(2, -1);
      const ids = (hits: typeof now) => hits.map(({ kind, detail }) => [kind, detail]);
      expect(ids(now)).toEqual(ids(before));
    }
  });
});
