import type { LedgerHit } from '../account/ledger/hit.ts';
import { Ledger } from '../account/ledger/ledger.ts';
import type { DayMetrics } from '../account/ledger/metrics.ts';
import type { LedgerSite } from '../account/ledger/site.ts';

/** Wednesday 10 June 2026, 10:00 UTC. */
export const start_seconds = Date.UTC(2026, 5, 10, 10) / 1000;

/** A page view of one visitor at `start_seconds`, or what is asked for. */
export function ledgerHit(changes: Partial<LedgerHit> = {}): LedgerHit {
  return {
    kind: 'pageview',
    visitor: 'a1a1a1a1a1a1a1a1',
    user_id: null,
    at_seconds: start_seconds,
    new_visit: false,
    url: 'https://shop.example/',
    link: null,
    referrer: null,
    title: null,
    keyword: null,
    event: null,
    order: null,
    cart: null,
    conversion: null,
    ...changes,
  };
}

/** A hit so many seconds after the start. */
export const after = (seconds: number, changes: Partial<LedgerHit> = {}): LedgerHit =>
  ledgerHit({ at_seconds: start_seconds + seconds, ...changes });

/** An order hit of so many minor units. */
export const order = (revenue_minor: number): Partial<LedgerHit> => ({
  kind: 'order',
  order: {
    revenue_minor,
    subtotal_minor: revenue_minor,
    tax_minor: 0,
    shipping_minor: 0,
    discount_minor: 0,
    items: 1,
  },
});

/** A cart hit of so many minor units. */
export const cart = (revenue_minor: number, items = 1): Partial<LedgerHit> => ({
  kind: 'cart',
  cart: { revenue_minor, items },
});

/** The ledger of a site after some hits; the site is a shop in UTC unless it is changed. */
export function ledgerOf(hits: readonly LedgerHit[], site: Partial<LedgerSite> = {}): Ledger {
  const ledger = new Ledger({ timezone: 'UTC', ...site });
  for (const hit of hits) ledger.accepted(hit);
  return ledger;
}

/** All days of some hits together. */
export const totalOf = (hits: readonly LedgerHit[], site: Partial<LedgerSite> = {}): DayMetrics =>
  ledgerOf(hits, site).total();
