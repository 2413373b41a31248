import type { ConversionDraft } from '../engine/hit.ts';
import type { Parameters } from './parameters.ts';

/** The goal, order or cart that a hit reports; null when it reports none. */
export function conversionOf(parameters: Parameters): ConversionDraft | null {
  const goalId = parameters.whole('idgoal') ?? -1;
  if (goalId < 0) return null;
  const orderId = parameters.text('ec_id').slice(0, 100);
  return {
    kind: goalId > 0 ? 'goal' : orderId === '' ? 'cart' : 'order',
    goal_id: goalId,
    revenue: parameters.decimal('revenue'),
    subtotal: parameters.decimal('ec_st') ?? 0,
    tax: parameters.decimal('ec_tx') ?? 0,
    shipping: parameters.decimal('ec_sh') ?? 0,
    discount: parameters.decimal('ec_dt') ?? 0,
    items: goalId === 0 ? countItems(parameters.raw('ec_items')) : 0,
    order_id: goalId === 0 ? orderId : '',
  };
}

/**
 * The sum of the quantities in `ec_items`, `[[sku, name, category, price, quantity], …]`. Lines of
 * one product are added up; what cannot be read counts nothing, and the order stands all the same.
 */
function countItems(sent: unknown): number {
  const lines = typeof sent === 'string' ? parseJson(sent) : sent;
  if (!Array.isArray(lines)) return 0;
  let items = 0;
  for (const line of lines) {
    if (!Array.isArray(line) || String(line[0] ?? '') === '') continue;
    const quantity = Number(line[4] ?? 1);
    items += Number.isInteger(quantity) ? quantity : 1;
  }
  return items;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
