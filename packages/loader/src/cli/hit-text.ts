import type { EventTemplate } from '../plan/material/material.ts';
import type { Cart, Content, Conversion, Hit, Link, Order, Search } from '../plan/visit.ts';
import { decimal } from '../send/query.ts';

/** What a hit says besides its page, for people; nothing for page views and pings. */
export function describeDetail(hit: Hit): string {
  switch (hit.kind) {
    case 'search': {
      const { term, results } = hit.detail as Search;
      return `“${term.keyword.raw}” ${results} results`;
    }
    case 'outlink':
    case 'download':
      return (hit.detail as Link).url.raw;
    case 'event': {
      const event = hit.detail as EventTemplate;
      return [event.category, event.action, event.name].flatMap((t) => t?.raw ?? []).join(' / ');
    }
    case 'content':
    case 'interaction': {
      const content = hit.detail as Content;
      return [content.name, content.piece, content.interaction]
        .flatMap((t) => t?.raw ?? [])
        .join(' / ');
    }
    case 'goal': {
      const { goal, revenue_minor } = hit.detail as Conversion;
      return `goal ${goal}${revenue_minor === null ? '' : ` worth ${decimal(revenue_minor)}`}`;
    }
    case 'cart': {
      const { lines, revenue_minor } = hit.detail as Cart;
      return `${decimal(revenue_minor)} in the cart, ${lines.length} products`;
    }
    case 'order': {
      const order = hit.detail as Order;
      return `${decimal(order.revenue_minor)} = ${decimal(order.subtotal_minor)} goods + ${decimal(order.tax_minor)} tax + ${decimal(order.shipping_minor)} shipping − ${decimal(order.discount_minor)} discount, ${order.lines.length} products`;
    }
    case 'pageview':
    case 'ping':
      return '';
  }
}
