import { secondOfDay } from '../pace/calendar.ts';
import type { Encoded, EventTemplate } from '../plan/material/material.ts';
import type {
  Cart,
  Content,
  Conversion,
  Hit,
  Link,
  Order,
  OrderLine,
  ProductView,
  Search,
  Timings,
  Visit,
  Visitor,
} from '../plan/visit.ts';
import { cdt, clockPart } from './clock-text.ts';

/** What a query says besides the plan: facts of the target and of the run. */
export interface QueryOptions {
  readonly site_id: number;
  /** Send `cip` and `country`. Matomo refuses them without a token. */
  readonly with_location: boolean;
  /** Put before every order's number: order ids are unique for ever in Matomo. */
  readonly order_prefix: string;
}

/** When a hit happens for its visitor (epoch ms), and whether Matomo is told (`cdt`) or takes its own clock. */
export interface Moment {
  readonly at_ms: number;
  readonly send_cdt: boolean;
}

/**
 * The part of a visit's queries that all its hits share: who visits, with what, from where.
 * Parameters and their rules: Matomo's tracking API; nothing that Matomo does not read.
 */
export function visitPart(visitor: Visitor, options: QueryOptions): string {
  const { device } = visitor;
  let part = `idsite=${options.site_id}&rec=1&send_image=0&cid=${visitor.id}&ua=${device.user_agent.encoded}`;
  if (visitor.user_id !== null) part += `&uid=${visitor.user_id}`;
  if (device.client_hints !== null) part += `&uadata=${device.client_hints.encoded}`;
  part += `&lang=${visitor.language.encoded}&res=${visitor.resolution}${device.plugins}`;
  if (options.with_location) {
    part += `&cip=${visitor.address}&country=${visitor.place.country}`;
    if (visitor.city !== null) part += visitor.city.query;
  }
  return part;
}

/** The part that says what happens: depends on the plan alone. */
export function hitPart(hit: Hit, options: QueryOptions): string {
  const { dimensions = '' } = hit;
  const part = `&url=${urlOf(hit).encoded}${referrerOf(hit.referrer)}&pv_id=${hit.pageview_id}${dimensions}`;
  switch (hit.kind) {
    case 'pageview':
      return `${part}&action_name=${hit.page.title.encoded}${timings(hit.detail as Timings)}${shownProduct(hit.detail as Partial<ProductView>)}`;
    case 'search':
      return part + search(hit.detail as Search);
    case 'outlink':
      return `${part}&link=${(hit.detail as Link).url.encoded}`;
    case 'download':
      return `${part}&download=${(hit.detail as Link).url.encoded}`;
    case 'event':
      return part + event(hit.detail as EventTemplate);
    case 'content':
    case 'interaction':
      return part + content(hit.detail as Content);
    case 'goal':
      return part + goal(hit.detail as Conversion);
    case 'cart':
      return part + cart(hit.detail as Cart);
    case 'order':
      return part + order(hit.detail as Order, options.order_prefix);
    case 'ping':
      return `${part}&ping=1`;
  }
}

/** The visitor's local clock and, if wanted, the time of the hit. */
export function momentPart(moment: Moment, zone: string): string {
  const clock = clockPart(secondOfDay(moment.at_ms, zone));
  return moment.send_cdt ? `${clock}&cdt=${cdt(moment.at_ms)}` : clock;
}

/** One whole query of one hit. */
export function queryOf(visit: Visit, hit: Hit, moment: Moment, options: QueryOptions): string {
  return (
    visitPart(visit.visitor, options) +
    hitPart(hit, options) +
    momentPart(moment, visit.visitor.zone)
  );
}

/** Matomo wants the clicked URL as `url` too; everything else happens at the page's own URL. */
function urlOf(hit: Hit): Encoded {
  return hit.kind === 'outlink' || hit.kind === 'download'
    ? (hit.detail as Link).url
    : hit.page.url;
}

const referrerOf = (referrer: Encoded | null): string =>
  referrer === null ? '' : `&urlref=${referrer.encoded}`;

function timings(t: Timings): string {
  return `&pf_net=${t.network_ms}&pf_srv=${t.server_ms}&pf_tfr=${t.transfer_ms}&pf_dm1=${t.dom_processing_ms}&pf_dm2=${t.dom_completion_ms}&pf_onl=${t.on_load_ms}`;
}

/** Matomo counts a view of the product, besides the page view. */
function shownProduct({ product }: Partial<ProductView>): string {
  if (product === undefined) return '';
  const { sku, name, category, price_minor } = product;
  return `&_pks=${encodeURIComponent(sku)}&_pkn=${encodeURIComponent(name)}&_pkc=${encodeURIComponent(category)}&_pkp=${decimal(price_minor)}`;
}

function search({ term, results }: Search): string {
  const category = term.category === null ? '' : `&search_cat=${term.category.encoded}`;
  return `&search=${term.keyword.encoded}${category}&search_count=${results}`;
}

function event(e: EventTemplate): string {
  const name = e.name === null ? '' : `&e_n=${e.name.encoded}`;
  const value = e.value === null ? '' : `&e_v=${e.value}`;
  return `&e_c=${e.category.encoded}&e_a=${e.action.encoded}${name}${value}`;
}

/** Minor units as a decimal with a dot, e.g. 1205 → `12.05`. */
export function decimal(minor: number): string {
  const cents = String(minor % 100).padStart(2, '0');
  return `${Math.floor(minor / 100)}.${cents}`;
}

/** An interaction is what has a `c_i`. */
function content({ name, piece, target, interaction }: Content): string {
  let part = `&c_n=${name.encoded}`;
  if (piece !== null) part += `&c_p=${piece.encoded}`;
  if (target !== null) part += `&c_t=${target.encoded}`;
  return interaction === null ? part : `${part}&c_i=${interaction.encoded}`;
}

/** Without a revenue Matomo takes the goal's own. */
function goal({ goal: id, revenue_minor }: Conversion): string {
  return `&idgoal=${id}${revenue_minor === null ? '' : `&revenue=${decimal(revenue_minor)}`}`;
}

/** Without an order id it is the whole cart as it stands. */
const cart = (c: Cart): string =>
  `&idgoal=0&revenue=${decimal(c.revenue_minor)}&ec_items=${items(c.lines)}`;

function items(orderLines: readonly OrderLine[]): string {
  const lines = orderLines.map(
    ({ product, price_minor, quantity }) =>
      `[${JSON.stringify(product.sku)},${JSON.stringify(product.name)},${JSON.stringify(product.category)},${decimal(price_minor)},${quantity}]`,
  );
  return encodeURIComponent(`[${lines.join(',')}]`);
}

function order(o: Order, prefix: string): string {
  return `&idgoal=0&ec_id=${prefix}${o.number}&revenue=${decimal(o.revenue_minor)}&ec_st=${decimal(o.subtotal_minor)}&ec_tx=${decimal(o.tax_minor)}&ec_sh=${decimal(o.shipping_minor)}&ec_dt=${decimal(o.discount_minor)}&ec_items=${items(o.lines)}`;
}
