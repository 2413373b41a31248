import type { EventTemplate } from '../../plan/material/material.ts';
import type {
  Cart,
  Conversion,
  Hit,
  Link,
  Order,
  OrderLine,
  Search,
  Visit,
} from '../../plan/visit.ts';
import type { LedgerCart, LedgerConversion, LedgerEvent, LedgerHit, LedgerOrder } from './hit.ts';

/** A planned hit as the ledger wants it; `at_ms` is its time for Matomo, which cuts it to whole seconds. */
export function ledgerHitOf(visit: Visit, hit: Hit, at_ms: number): LedgerHit {
  const { kind, detail } = hit;
  const link = kind === 'outlink' || kind === 'download' ? (detail as Link).url.raw : null;
  return {
    kind,
    visitor: visit.visitor.id,
    user_id: visit.visitor.user_id,
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
    cart: kind === 'cart' ? cartOf(detail as Cart) : null,
    conversion: kind === 'goal' ? conversionOf(detail as Conversion) : null,
  };
}

const eventOf = ({ category, action, name }: EventTemplate): LedgerEvent => ({
  category: category.raw,
  action: action.raw,
  name: name === null ? null : name.raw,
});

function orderOf(order: Order): LedgerOrder {
  return {
    revenue_minor: order.revenue_minor,
    subtotal_minor: order.subtotal_minor,
    tax_minor: order.tax_minor,
    shipping_minor: order.shipping_minor,
    discount_minor: order.discount_minor,
    items: piecesOf(order.lines),
  };
}

const cartOf = ({ revenue_minor, lines }: Cart): LedgerCart => ({
  revenue_minor,
  items: piecesOf(lines),
});

const conversionOf = ({ goal, revenue_minor }: Conversion): LedgerConversion => ({
  goal,
  revenue_minor,
});

function piecesOf(lines: readonly OrderLine[]): number {
  let pieces = 0;
  for (const line of lines) pieces += line.quantity;
  return pieces;
}
