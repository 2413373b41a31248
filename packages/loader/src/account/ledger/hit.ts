import type { HitKind } from '../../plan/visit.ts';

/** Money in minor units; `items` is the sum of the quantities. */
export interface LedgerOrder {
  readonly revenue_minor: number;
  readonly subtotal_minor: number;
  readonly tax_minor: number;
  readonly shipping_minor: number;
  readonly discount_minor: number;
  readonly items: number;
}

/** The whole cart, as every cart update sends it. */
export interface LedgerCart {
  readonly revenue_minor: number;
  readonly items: number;
}

export interface LedgerConversion {
  readonly goal: number;
  /** null: the goal's own revenue. */
  readonly revenue_minor: number | null;
}

export interface LedgerEvent {
  readonly category: string;
  readonly action: string;
  readonly name: string | null;
}

/**
 * A hit as far as Matomo's reports depend on it. All kinds have this one shape, so that the hot path
 * stays monomorphic; what a kind does not have is null.
 */
export interface LedgerHit {
  readonly kind: HitKind;
  /** Matomo's `cid`: one device. */
  readonly visitor: string;
  /** Matomo's `uid`. */
  readonly user_id: string | null;
  /** Time of the hit for Matomo: epoch seconds (UTC). */
  readonly at_seconds: number;
  /** Matomo's `new_visit=1`. */
  readonly new_visit: boolean;
  /** Matomo's `url`: campaigns and searches are read from it. */
  readonly url: string | null;
  /** Matomo's `link` or `download`: what was clicked. */
  readonly link: string | null;
  /** Matomo's `urlref`. */
  readonly referrer: string | null;
  readonly title: string | null;
  /** Matomo's `search`. */
  readonly keyword: string | null;
  readonly event: LedgerEvent | null;
  readonly order: LedgerOrder | null;
  readonly cart: LedgerCart | null;
  readonly conversion: LedgerConversion | null;
}
