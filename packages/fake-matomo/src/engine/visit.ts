export type ReferrerType = 'direct' | 'search' | 'website' | 'campaign' | 'social';

/** Where a visit came from. `keyword` and `url` are empty when unknown. */
export interface Referrer {
  readonly type: ReferrerType;
  readonly name: string;
  readonly keyword: string;
  readonly url: string;
}

export type ActionKind = 'page' | 'search' | 'outlink' | 'download' | 'event' | 'content';

/** What one hit did, before it is placed in a visit. */
export interface ActionDraft {
  readonly kind: ActionKind;
  /** The page's, outlink's or download's address; null for a search (Matomo records none). */
  readonly url: string | null;
  readonly title: string;
  readonly search?: { keyword: string; category: string; count: number | null };
  readonly event?: { category: string; action: string; name: string; value: number | null };
  readonly content?: { name: string; piece: string; target: string; interaction: string };
  readonly product?: { sku: string; name: string; category: string; price: number | null };
}

/** An action of a visit: one row per hit that is an action or a content impression. */
export interface Action extends ActionDraft {
  readonly id: number;
  readonly time_ms: number;
  /** The page that was open before, and how long since the visit's last hit (seconds). */
  readonly ref_url: string | null;
  readonly ref_seconds: number;
  readonly page_view_id: string;
  readonly dimensions: ReadonlyMap<number, string>;
  readonly performance: Readonly<Record<string, number>>;
}

/** A goal, an order or a cart of a visit. Money is as Matomo keeps it: a 32-bit float. */
export interface Conversion {
  readonly id: number;
  readonly kind: 'goal' | 'order' | 'cart';
  readonly goal_id: number;
  readonly time_ms: number;
  readonly url: string;
  readonly revenue: number;
  readonly subtotal: number;
  readonly tax: number;
  readonly shipping: number;
  readonly discount: number;
  readonly items: number;
  readonly order_id: string;
  /** The action that fired the goal; null for manual goals, orders and carts. */
  readonly action_id: number | null;
}

export interface Location {
  readonly country: string;
  readonly region: string;
  readonly city: string;
  readonly lat: string;
  readonly long: string;
}

/** One visit. Times are epoch milliseconds on whole seconds; `total_seconds` is its length. */
export interface Visit {
  readonly id: number;
  readonly site_id: number;
  readonly fingerprint: string;
  readonly ip: string;
  readonly user_agent: string;
  readonly language: string;
  readonly returning: 'new' | 'returning' | 'returningCustomer';
  readonly visit_count: number;
  readonly first_action_ms: number;
  readonly visitor_first_ms: number;
  visitor_id: string;
  user_id: string | null;
  last_action_ms: number;
  total_seconds: number;
  /** Pages, searches, outlinks, downloads and events; not content, carts, orders, goals, pings. */
  action_count: number;
  has_ordered: boolean;
  converted: boolean;
  referrer: Referrer;
  entry_url: string | null;
  exit_url: string | null;
  location: Location;
  dimensions: ReadonlyMap<number, string>;
  actions: Action[];
  conversions: Conversion[];
}
