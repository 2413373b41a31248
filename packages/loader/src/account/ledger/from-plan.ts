import type { EventTemplate } from '../../plan/material/material.ts';
import type { Hit, Link, Order, Search, Visit } from '../../plan/visit.ts';
import type { LedgerEvent, LedgerHit, LedgerOrder } from './hit.ts';

/** A planned hit as the ledger wants it; `at_ms` is its time for Matomo, which cuts it to whole seconds. */
export function ledgerHitOf(visit: Visit, hit: Hit, at_ms: number): LedgerHit {
  const { kind, detail } = hit;
  const link = kind === 'outlink' || kind === 'download' ? (detail as Link).url.raw : null;
  return {
    kind,
    visitor: visit.visitor.id,
    user_id: null,
    at_seconds: Math.floor(at_ms / 1000),
    new_visit: false,
    // A click is sent with the address that was clicked in both places.
    url: link ?? hit.page.url.raw,
    link,
    referrer: hit.referrer === null ? null : hit.referrer.raw,
    title: kind === 'pageview' ? hit.page.title.raw : null,
    keyword: kind === 'search' ? (detail as Search).term.keyword.raw : null,
    event: kind === 'event' ? eventOf(detail as EventTemplate) : null,
    order: kind === 'order' ? orderOf(detail as Order) : null,
    cart: null,
    conversion: null,
  };
}

const eventOf = ({ category, action, name }: EventTemplate): LedgerEvent => ({
  category: category.raw,
  action: action.raw,
  name: name === null ? null : name.raw,
});

function orderOf(order: Order): LedgerOrder {
  let items = 0;
  for (const line of order.lines) items += line.quantity;
  return {
    revenue_minor: order.revenue_minor,
    subtotal_minor: order.subtotal_minor,
    tax_minor: order.tax_minor,
    shipping_minor: order.shipping_minor,
    discount_minor: order.discount_minor,
    items,
  };
}
