import type { Site } from '../sites/site.ts';
import type { ActionDraft, Location, Referrer } from './visit.ts';

/** What a hit says about money. `order` and `cart` are ecommerce (`idgoal=0`). */
export interface ConversionDraft {
  readonly kind: 'goal' | 'order' | 'cart';
  readonly goal_id: number;
  /** null: the goal's own revenue. */
  readonly revenue: number | null;
  readonly subtotal: number;
  readonly tax: number;
  readonly shipping: number;
  readonly discount: number;
  readonly items: number;
  readonly order_id: string;
}

/** A tracking request that was read, checked and found worth recording. */
export interface Hit {
  readonly site: Site;
  /** Epoch milliseconds, whole seconds. */
  readonly time_ms: number;
  readonly ip: string;
  readonly user_agent: string;
  readonly language: string;
  /** From `uid`, `cid` or `_id`; null when the hit names no visitor. */
  readonly visitor_id: string | null;
  /** `cid` was sent: the visitor is looked up by id alone. */
  readonly visitor_is_forced: boolean;
  readonly user_id: string | null;
  readonly fingerprint: string;
  readonly starts_new_visit: boolean;
  readonly is_ping: boolean;
  readonly url: string;
  readonly action: ActionDraft | null;
  readonly conversion: ConversionDraft | null;
  readonly referrer: Referrer;
  readonly page_view_id: string;
  readonly performance: Readonly<Record<string, number>>;
  readonly dimensions: ReadonlyMap<number, string>;
  /** As sent; empty strings where nothing was. */
  readonly location: Location;
  /** The country of a new visit that was told none. */
  readonly guessed_country: string;
}
