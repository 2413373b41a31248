import { expect, it } from 'vitest';
import { countNames } from '../account/ledger/metrics.ts';
import { metricsOf, reportsFor } from './reports.ts';

it('has a report for every number of the ledger, each once', () => {
  const names = metricsOf(reportsFor([])).map(({ name }) => name);
  expect(names.toSorted()).toEqual([...countNames].sort());
});

it('asks for each goal and says what a metric is', () => {
  const metrics = metricsOf(reportsFor([4]));
  const of = (name: string) => metrics.find((metric) => metric.name === name);
  expect(of('goal_4_revenue_minor')).toEqual({
    name: 'goal_4_revenue_minor',
    label: 'goal 4 revenue',
    unit: 'money',
    report: 'Goals.get idGoal=4',
    subtractable: true,
    rounded_per: 'goal_4_conversions',
  });
  expect(of('order_tax_minor')?.rounded_per).toBe('orders');
  expect(of('cart_revenue_minor')?.rounded_per).toBe('carts');
  expect(of('conversion_revenue_minor')?.rounded_per).toBe('conversions');
  expect(of('sum_visit_length_seconds')).toMatchObject({
    label: 'sum visit length',
    unit: 'seconds',
  });
  const distinct = metrics.filter(({ subtractable }) => !subtractable).map(({ name }) => name);
  expect(distinct).toEqual(['unique_visitors', 'users', 'max_actions', 'keywords']);
});
