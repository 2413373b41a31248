import type { LedgerCart, LedgerOrder } from './hit.ts';
import { type DayCounts, goalOf } from './metrics.ts';
import type { LedgerGoal } from './site.ts';
import type { OpenVisit } from './visit.ts';

/**
 * An order is recorded: it takes the visit's cart with it. A cart of an earlier visit stays abandoned.
 */
export function recordOrder(visit: OpenVisit, order: LedgerOrder): void {
  const { metrics } = visit.day;
  if (visit.cart !== null) removeCart(metrics, visit.cart);
  visit.cart = null;
  if (!visit.ordered) metrics.order_visits++;
  visit.ordered = true;
  metrics.orders++;
  metrics.order_revenue_minor += order.revenue_minor;
  metrics.order_subtotal_minor += order.subtotal_minor;
  metrics.order_tax_minor += order.tax_minor;
  metrics.order_shipping_minor += order.shipping_minor;
  metrics.order_discount_minor += order.discount_minor;
  metrics.order_items += order.items;
  metrics.conversions++;
  metrics.conversion_revenue_minor += order.revenue_minor;
}

/** A cart replaces the visit's earlier cart. It is no conversion. */
export function recordCart(visit: OpenVisit, cart: LedgerCart): void {
  const { metrics } = visit.day;
  if (visit.cart !== null) removeCart(metrics, visit.cart);
  visit.cart = cart;
  metrics.carts++;
  metrics.cart_revenue_minor += cart.revenue_minor;
  metrics.cart_items += cart.items;
}

function removeCart(metrics: DayCounts, cart: LedgerCart): void {
  metrics.carts--;
  metrics.cart_revenue_minor -= cart.revenue_minor;
  metrics.cart_items -= cart.items;
}

/** A goal is reached: counted once a visit, unless it allows more. `revenue_minor` null: the goal's own. */
export function recordGoal(visit: OpenVisit, goal: LedgerGoal, revenue_minor: number | null): void {
  const isFirst = !visit.goals.includes(goal.id);
  if (!isFirst && !goal.allow_multiple) return;
  const { metrics } = visit.day;
  const revenue = revenue_minor ?? goal.revenue_minor;
  const sums = goalOf(metrics, goal.id);
  if (isFirst) {
    visit.goals.push(goal.id);
    sums.visits++;
  }
  sums.conversions++;
  sums.revenue_minor += revenue;
  metrics.conversions++;
  metrics.conversion_revenue_minor += revenue;
}
