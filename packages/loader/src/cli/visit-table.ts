import type { EventTemplate } from '../plan/material/material.ts';
import type { Cart, Content, Conversion, Hit, Link, Order, Search, Visit } from '../plan/visit.ts';
import { decimal } from '../send/query.ts';

/** A visit for people: who comes, from where, and what happens when. */
export function visitTable(visit: Visit, arrives_ms: number, with_location: boolean): string {
  const { visitor } = visit;
  const { place, city } = visitor;
  const home = city === null ? place.country : `${city.name} (${place.country})`;
  const where = with_location ? `${home} ${visitor.address}` : place.country;
  const head = `visit ${visit.index}  arrives +${clock(arrives_ms)}  ${visitor.id}  ${visitor.device.kind} ${visitor.resolution}  ${where}  ${cameFrom(visit)}${funnelText(visit)}`;
  const rows = visit.hits.map(
    (hit) =>
      `  +${clock(hit.offset_ms).padEnd(8)} ${stepText(visit, hit)}${hit.kind.padEnd(9)} ${describe(hit)}`,
  );
  return `${head}\n${rows.join('\n')}\n\n`;
}

/** How the visit came: `search https://www.google.com/`, `campaign newsletter`, `direct`. */
function cameFrom({ channel, campaign, hits }: Visit): string {
  return [channel, campaign, hits[0]?.referrer?.raw].filter(Boolean).join(' ');
}

/** What the head says of a funnel. */
function funnelText({ funnel }: Visit): string {
  if (funnel === undefined) return '';
  return `  funnel “${funnel.name}”, ${funnel.steps.length} of ${funnel.length} steps`;
}

/** A column with the number of a hit's step; visits without a funnel have none. */
function stepText({ funnel }: Visit, hit: Hit): string {
  if (funnel === undefined) return '';
  const step = funnel.steps.indexOf(hit) + 1;
  return (step === 0 ? '' : `step ${step}`).padEnd(8);
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
