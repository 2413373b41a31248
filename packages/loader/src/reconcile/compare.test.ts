import { describe, expect, it } from 'vitest';
import { compareDay } from './compare.ts';
import { metricOf } from './metric.ts';

const metrics = ['visits', 'unique_visitors', 'orders', 'order_revenue_minor'].map((name) =>
  metricOf(name, 'r'),
);
const compare = (
  planned: Record<string, number>,
  recorded: Record<string, number>,
  baseline: Record<string, number> = {},
) => {
  const day = compareDay('2026-01-01', planned, recorded, baseline, metrics);
  const found = day.differences.map(({ metric, difference }) => [metric.name, difference]);
  return { found, not_comparable: day.not_comparable, compared: day.compared };
};

describe('counts', () => {
  it('are exact, and what was there before is taken off', () => {
    expect(compare({ visits: 5 }, { visits: 5 }).found).toEqual([]);
    expect(compare({ visits: 5 }, { visits: 4 }).found).toEqual([['visits', -1]]);
    expect(compare({ visits: 5 }, {}).found).toEqual([['visits', -5]]);
    expect(compare({ visits: 5 }, { visits: 12 }, { visits: 7 }).found).toEqual([]);
    expect(compare({}, { visits: 8 }, { visits: 7 }).found).toEqual([['visits', 1]]);
  });

  it('of distinct things cannot be compared where there were any before', () => {
    const before = { visits: 7, unique_visitors: 6 };
    const { found, not_comparable, compared } = compare(
      { visits: 5, unique_visitors: 5 },
      { visits: 12, unique_visitors: 9 },
      before,
    );
    expect(found).toEqual([]);
    expect(not_comparable).toEqual(['unique_visitors']);
    expect(compared).toBe(3);
    expect(compare({ unique_visitors: 5 }, { unique_visitors: 4 }).found).toEqual([
      ['unique_visitors', -1],
    ]);
  });
});

describe('money', () => {
  const orders = { orders: 3, order_revenue_minor: 10_000 };
  it.each([
    [10_003, []],
    [9_997, []],
    [10_004, [['order_revenue_minor', 4]]],
    [9_996, [['order_revenue_minor', -4]]],
  ])('may be off by a minor unit an order: %i', (order_revenue_minor, found) => {
    expect(compare(orders, { ...orders, order_revenue_minor }).found).toEqual(found);
  });

  it('is exact where there are no orders', () => {
    expect(compare({}, { order_revenue_minor: 1 }).found).toEqual([['order_revenue_minor', 1]]);
  });
});
