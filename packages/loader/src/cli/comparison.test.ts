import { defaultSettings } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { Books } from '../account/books.ts';
import { noCounts } from '../account/ledger/metrics.ts';
import { summaryOf } from '../account/summary.ts';
import { comparisonText, differences, inUnits } from './comparison.ts';

const planned = { ...noCounts(), visits: 3, orders: 1, order_revenue_minor: 1205 };
const recorded = { ...planned, visits: 2 };
const summary = summaryOf(new Books(), {
  run_id: 'demo-1',
  seed: 1,
  settings: defaultSettings,
  exit_code: 1,
  exit_reason: 'The numbers differ.',
  planned_per_day: 0,
  achieved_per_day: 0,
  started_at_ms: 0,
  ended_at_ms: 0,
  resumed_from: null,
  notices: [],
  targets: [],
});

describe('planned beside recorded', () => {
  it('names what differs', () => {
    expect(differences(planned, planned)).toEqual([]);
    expect(differences(planned, recorded)).toEqual(['visits']);
  });

  it('is a table of what there is', () => {
    const rows = comparisonText(planned, recorded, summary).split('\n\n')[0]?.split('\n') ?? [];
    expect(rows.map((row) => row.trim().split(/ {2,}/))).toEqual([
      ['planned', 'recorded'],
      ['visits', '3', '2', 'DIFFERS'],
      ['orders', '1', '1', 'equal'],
      ['order revenue', '12.05', '12.05', 'equal'],
    ]);
  });

  it('is told in currency units, an order’s as revenue', () => {
    const told = inUnits({ ...planned, order_tax_minor: 95 });
    expect(told).toMatchObject({ visits: 3, orders: 1, revenue: 12.05, order_tax: 0.95, carts: 0 });
    expect(Object.keys(told).filter((name) => name.endsWith('_minor'))).toEqual([]);
  });
});
