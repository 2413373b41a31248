import type { Settings } from '@trafficinator/contract';
import { type Draws, purpose } from '../draw.ts';
import type { Encoded } from '../material/material.ts';
import { orderNumber, toMinor } from '../order.ts';
import { pageviewId } from '../pages.ts';
import type { PageLoads } from '../timings.ts';
import type { Hit, HitDetail, Order, ProductView, Timings } from '../visit.ts';
import type { Draft, OrderWish } from './draft.ts';
import { PluginMistake } from './limits.ts';

export type AssemblySettings = Pick<
  Settings,
  | 'ecommerce_tax_rate'
  | 'ecommerce_shipping_rates'
  | 'pause_between_pvs_min'
  | 'pause_between_pvs_max'
>;

/** The visit that hits are made for. */
export interface Assembled {
  readonly draws: Draws;
  /** What led to the visit. */
  readonly entry: Encoded | null;
  readonly loads: PageLoads;
  /** Numbers of page views and orders that are given away already. */
  readonly views: number;
  readonly orders: number;
}

/**
 * Compiles the making of hits from drafts: page view ids, referrers, pauses, load times, orders that add
 * up. Kept hits stay as they are, but for the page view that they belong to when that one is gone.
 */
export function compileAssembly(
  settings: AssemblySettings,
): (drafts: readonly Draft[], visit: Assembled) => Hit[] {
  const rates = settings.ecommerce_shipping_rates.map(toMinor);
  const least_ms = settings.pause_between_pvs_min * 1000;
  const range_ms = settings.pause_between_pvs_max * 1000 - least_ms;
  return (drafts, visit) => {
    const { draws, entry, loads } = visit;
    const hits: Hit[] = [];
    const ids = drafts.some(({ original }) => original !== null) ? new Set<string>() : null;
    let { views, orders } = visit;
    let open: Hit | null = null;
    for (const draft of drafts) {
      const isView = draft.kind === 'pageview';
      let hit: Hit;
      if (draft.original !== null) {
        hit = draft.original;
        if (!isView && !ids?.has(hit.pageview_id)) {
          hit = { ...hit, pageview_id: (open as Hit).pageview_id };
        }
      } else {
        const before: Hit | null = open;
        const made: Hit = {
          kind: draft.kind,
          offset_ms: draft.offset_ms,
          pause_ms:
            isView && before !== null
              ? Math.round(least_ms + draws.unit(purpose.journeyPause, views) * range_ms)
              : 0,
          page: draft.page,
          referrer: before === null ? entry : referrerOf(draft, before, entry === null),
          pageview_id: before === null || isView ? pageviewId(draws, views) : before.pageview_id,
          detail: isView
            ? viewOf(draft, loads(views))
            : detailOf(draft, draws, orders, rates, settings),
        };
        // Hits of all kinds have one shape; only those with dimensions have another.
        const { dimensions } = draft;
        hit = dimensions === '' ? made : { ...made, dimensions };
        if (isView) views++;
        if (draft.kind === 'order') orders++;
      }
      if (isView) {
        open = hit;
        ids?.add(hit.pageview_id);
      }
      hits.push(hit);
    }
    return hits;
  };
}

/**
 * A click names the page that held it, but not to another host in a direct visit: Matomo would take a page
 * whose host is not among the site's URLs for an external referrer and rewrite the visit's channel.
 */
function referrerOf({ kind, said, page }: Draft, open: Hit, direct: boolean): Encoded | null {
  if (kind === 'pageview') return open.page.url;
  if (kind !== 'outlink' && kind !== 'download') return open.referrer;
  if (!direct) return page.url;
  const leadsAway = new URL((said as { url: Encoded }).url.raw).host !== new URL(page.url.raw).host;
  return leadsAway ? null : page.url;
}

function viewOf({ said }: Draft, phases: Timings): Timings | ProductView {
  const { product } = said as { product: ProductView['product'] | null };
  return product === null ? phases : { ...phases, product };
}

function detailOf(
  { kind, said }: Draft,
  draws: Draws,
  n: number,
  rates: readonly number[],
  settings: AssemblySettings,
): HitDetail {
  if (kind !== 'order') return said as HitDetail;
  const drawn = rates.length === 0 ? 0 : draws.pick(rates, purpose.journeyShipping, n);
  return orderFrom(
    said as OrderWish,
    drawn,
    settings.ecommerce_tax_rate,
    orderNumber(draws.visit, n),
  );
}

/** Revenue = subtotal + tax + shipping − discount, subtotal = Σ price × quantity. */
function orderFrom(wish: OrderWish, drawn: number, taxRate: number, number: string): Order {
  const subtotal = wish.lines.reduce((sum, line) => sum + line.price_minor * line.quantity, 0);
  const tax = wish.tax_minor ?? Math.round(subtotal * taxRate);
  const shipping = wish.shipping_minor ?? drawn;
  const revenue = subtotal + tax + shipping - wish.discount_minor;
  if (revenue < 0) {
    throw new PluginMistake('an order’s discount is more than its goods, tax and shipping');
  }
  return {
    number,
    lines: wish.lines,
    subtotal_minor: subtotal,
    tax_minor: tax,
    shipping_minor: shipping,
    discount_minor: wish.discount_minor,
    revenue_minor: revenue,
  };
}
