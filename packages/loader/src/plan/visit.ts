import type { NegativeKind } from '@trafficinator/contract';
import type { Channel } from './channel.ts';
import type {
  City,
  Device,
  Encoded,
  EventTemplate,
  Page,
  Place,
  Product,
  SearchTerm,
} from './material/material.ts';

/**
 * A planned visit: pure data, the same for the same settings, material, seed and index. It holds no
 * wall-clock time: when it starts is decided by `pace/`, its hits lie at offsets from that start.
 * Hits of all kinds have one fixed shape, so that the hot path stays monomorphic.
 */
export interface Visit {
  readonly index: number;
  readonly visitor: Visitor;
  readonly hits: readonly Hit[];
  /** Simulated stay: offset of the last hit. */
  readonly duration_ms: number;
  readonly channel: Channel;
  /** Name of the campaign; null unless the channel is `campaign`. */
  readonly campaign: string | null;
  /** The site's date that it was planned for; missing where every day's plan is the same. */
  readonly site_day?: string;
  /** The funnel that the visit takes; missing in the others. */
  readonly funnel?: FunnelTrack;
  /** Why Matomo must not record the visit; missing in all that it shall record. */
  readonly negative?: NegativeKind;
  /** Name of the journey that the visit follows; missing in the others. */
  readonly journey?: string;
  /** What plugins failed to plan of it, so that it is planned without them; missing if nothing. */
  readonly faults?: readonly PluginFault[];
}

/** A plugin that threw, or said what cannot be sent. */
export interface PluginFault {
  readonly plugin: string;
  readonly message: string;
}

/** A funnel as one visit takes it. */
export interface FunnelTrack {
  readonly name: string;
  /** How many steps the funnel has. */
  readonly length: number;
  /**
   * Hits of the steps that the visitor takes, in their order: fewer than `length` if the visitor leaves.
   * null: the target is spared this step.
   */
  readonly steps: readonly (Hit | null)[];
}

/** Who visits: device, language, country and resolution belong together. */
export interface Visitor {
  /** 16 hex digits: Matomo's `cid`, and the id that it gives the visitor. */
  readonly id: string;
  /** Matomo's `uid`: the visitor is logged in. */
  readonly user_id: string | null;
  /** An earlier visit of the plan was this visitor's. */
  readonly came_before: boolean;
  /** A later visit of the plan is this visitor’s. Visitors who return have it by a getter: a spread copy lacks it. */
  readonly comes_again: boolean;
  readonly device: Device;
  readonly resolution: string;
  readonly place: Place;
  readonly language: Encoded;
  /** IANA zone of the visitor's clock. */
  readonly zone: string;
  /** Where in the place, in one of the zone's cities; null: not told. */
  readonly city: City | null;
  /** Address within the place's networks: IPv4, or IPv6 in canonical text. */
  readonly address: string;
}

/** `content` is shown to the visitor, `interaction` is the visitor's answer to it. */
export type HitKind =
  | 'pageview'
  | 'search'
  | 'outlink'
  | 'download'
  | 'event'
  | 'content'
  | 'interaction'
  | 'cart'
  | 'order'
  | 'goal'
  | 'ping';

export interface Hit {
  readonly kind: HitKind;
  /** Simulated time since the visit's start; never decreases along the visit. */
  readonly offset_ms: number;
  /** Real pause before this hit in compressed pacing; 0 for what happens on a page already open. */
  readonly pause_ms: number;
  readonly page: Page;
  /** Matomo's `urlref`: referrer of the page, or the page that held the link. */
  readonly referrer: Encoded | null;
  /** Matomo's `pv_id`, 6 characters, the same for all hits of one page view. */
  readonly pageview_id: string;
  readonly detail: HitDetail | null;
  /** Custom dimensions as a ready query part; missing without. */
  readonly dimensions?: string;
}

export type HitDetail =
  | Timings
  | ProductView
  | Search
  | Link
  | EventTemplate
  | Content
  | Cart
  | Order
  | Conversion;

/** Page performance in ms: Matomo's pf_net, pf_srv, pf_tfr, pf_dm1, pf_dm2, pf_onl. */
export interface Timings {
  readonly network_ms: number;
  readonly server_ms: number;
  readonly transfer_ms: number;
  readonly dom_processing_ms: number;
  readonly dom_completion_ms: number;
  readonly on_load_ms: number;
}

/** A page view that shows a product: Matomo's _pks, _pkn, _pkc, _pkp. */
export interface ProductView extends Timings {
  readonly product: Product;
}

export interface Search {
  readonly term: SearchTerm;
  /** Results found; 0 makes it a keyword without results in Matomo. */
  readonly results: number;
}

/** An absolute URL that was clicked: outlink or download. */
export interface Link {
  readonly url: Encoded;
}

/** Matomo's `c_n`, `c_p`, `c_t` and, for an interaction, `c_i`. */
export interface Content {
  readonly name: Encoded;
  readonly piece: Encoded | null;
  readonly target: Encoded | null;
  readonly interaction: Encoded | null;
}

/** A goal that is reached by hand; `revenue_minor` null: the goal's own. */
export interface Conversion {
  readonly goal: number;
  readonly revenue_minor: number | null;
}

/** All that is in the cart: Matomo wants the whole of it each time. */
export interface Cart {
  readonly lines: readonly OrderLine[];
  /** Σ price × quantity. */
  readonly revenue_minor: number;
}

export interface OrderLine {
  readonly product: Product;
  readonly price_minor: number;
  readonly quantity: number;
}

/** Minor units; revenue = subtotal + tax + shipping − discount, subtotal = Σ price × quantity. */
export interface Order {
  /** Unique among the orders of one seed; the run puts its own prefix before it. */
  readonly number: string;
  readonly lines: readonly OrderLine[];
  readonly subtotal_minor: number;
  readonly tax_minor: number;
  readonly shipping_minor: number;
  readonly discount_minor: number;
  readonly revenue_minor: number;
}
