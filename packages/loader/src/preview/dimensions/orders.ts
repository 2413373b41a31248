import type { Order } from '../../plan/visit.ts';
import { isOrdinary, type NewDimension } from '../section.ts';
import { shareRow } from '../share-row.ts';

const parts = 8;

/** What orders are worth, those of funnels and journeys included. */
export const orders: NewDimension = ({ settings }) => {
  const { ecommerce_order_value_min: least, ecommerce_order_value_max: most } = settings;
  const width = (most - least) / parts;
  const counts = Array.from({ length: width > 0 ? parts : 1 }, () => 0);
  let total = 0;
  let outside = 0;
  let revenue = 0;
  let pieces = 0;
  const count = (order: Order): void => {
    const value = order.revenue_minor / 100;
    total++;
    revenue += value;
    for (const { quantity } of order.lines) pieces += quantity;
    if (value < least || value > most) outside++;
    else {
      const at = width > 0 ? Math.min(parts - 1, Math.floor((value - least) / width)) : 0;
      counts[at] = (counts[at] ?? 0) + 1;
    }
  };
  return {
    see: (visit) => {
      if (!isOrdinary(visit)) return;
      for (const { kind, detail } of visit.hits) if (kind === 'order') count(detail as Order);
    },
    sections: () => {
      if (total === 0) return [];
      const bounds = (n: number) => `${at(least + n * width)} to ${at(least + (n + 1) * width)}`;
      const rows = counts.map((number, n) => shareRow(bounds(n), number, total, null));
      if (outside > 0)
        rows.push(shareRow('outside, in funnels and journeys', outside, total, null));
      const unit = settings.ecommerce_currency;
      const figure = (name: string, value: number, its: string | null, asked: string | null) => ({
        name,
        value: Math.round(value * 100) / 100,
        unit: its,
        asked,
      });
      const range = `${least} to ${most}`;
      return [
        {
          name: 'orders',
          title: `Order values (${unit})`,
          of: 'orders',
          total,
          rows,
          figures: [
            figure('revenue', revenue, unit, null),
            figure('mean order', revenue / total, unit, range),
            figure('mean pieces an order', pieces / total, null, null),
          ],
        },
      ];
    },
  };
};

const at = (value: number): string => value.toFixed(2);
