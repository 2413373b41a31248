import type { EventTemplate } from '../plan/material/material.ts';
import type { Hit, Link, Order, Search, Visit } from '../plan/visit.ts';
import { decimal } from '../send/query.ts';

/** A visit for people: who comes, from where, and what happens when. */
export function visitTable(visit: Visit, arrives_ms: number, with_location: boolean): string {
  const { visitor } = visit;
  const where = with_location
    ? `${visitor.place.country} ${visitor.address}`
    : visitor.place.country;
  const entry = visit.hits[0]?.referrer?.raw ?? 'direct';
  const head = `visit ${visit.index}  arrives +${clock(arrives_ms)}  ${visitor.id}  ${visitor.device.kind} ${visitor.resolution}  ${where}  from ${entry}`;
  const rows = visit.hits.map(
    (hit) => `  +${clock(hit.offset_ms).padEnd(8)} ${hit.kind.padEnd(9)} ${describe(hit)}`,
  );
  return `${head}\n${rows.join('\n')}\n\n`;
}

function describe(hit: Hit): string {
  switch (hit.kind) {
    case 'pageview':
      return `${hit.page.url.raw}  “${hit.page.title.raw}”`;
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
    case 'order': {
      const order = hit.detail as Order;
      return `${decimal(order.revenue_minor)} = ${decimal(order.subtotal_minor)} goods + ${decimal(order.tax_minor)} tax + ${decimal(order.shipping_minor)} shipping − ${decimal(order.discount_minor)} discount, ${order.lines.length} products`;
    }
    case 'ping':
      return 'end of the stay';
  }
}

/** 65,000 ms → `1:05.0`; hours only when there are any. */
function clock(ms: number): string {
  const tenths = Math.floor(ms / 100);
  const seconds = `${String(Math.floor(tenths / 10) % 60).padStart(2, '0')}.${tenths % 10}`;
  const minutes = Math.floor(tenths / 600);
  if (minutes < 60) return `${minutes}:${seconds}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${seconds}`;
}
