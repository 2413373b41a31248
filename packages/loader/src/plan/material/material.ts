import type { Funnel } from '@trafficinator/contract';
import type { Behaviour } from './behaviour.ts';

/**
 * Material: what visits are made of. Everything a hit may say is here in its raw form and, where it
 * goes into a query string, already percent-encoded: encoding once at load time is what keeps the
 * hot path cheap (docs/performance.md).
 */

/** A text and its percent-encoded form (encodeURIComponent). */
export interface Encoded {
  readonly raw: string;
  readonly encoded: string;
}

/** Encodes a text once. */
export function encoded(raw: string): Encoded {
  return { raw, encoded: encodeURIComponent(raw) };
}

/** A page of the site: absolute URL and real title. */
export interface Page {
  readonly url: Encoded;
  readonly title: Encoded;
}

/** An event as Matomo reads it: `e_c`, `e_a`, `e_n`, `e_v`. */
export interface EventTemplate {
  readonly category: Encoded;
  readonly action: Encoded;
  readonly name: Encoded | null;
  readonly value: number | null;
}

/** A product of the catalogue; the price is in minor units (cents). */
export interface Product {
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  readonly price_minor: number;
}

/** A search that visitors of the site make; `category` is null for most. */
export interface SearchTerm {
  readonly keyword: Encoded;
  readonly category: Encoded | null;
}

/** A referring URL and its relative weight within its channel. */
export interface ReferrerSource {
  readonly url: Encoded;
  readonly weight: number;
}

/** A referring URL of a search engine: its name is the one of SEARCH_ENGINES. */
interface SearchSource extends ReferrerSource {
  readonly engine: string;
}

/** A kind of device: everything that must agree with everything else. */
export interface Device {
  readonly weight: number;
  readonly kind: 'desktop' | 'smartphone' | 'tablet';
  readonly user_agent: Encoded;
  /** Client hints as the JavaScript tracker sends them (`uadata`), JSON text; null for Safari and Firefox. */
  readonly client_hints: Encoded | null;
  /** Screen resolutions `WxH` this device has, equally likely. */
  readonly resolutions: readonly string[];
  /** Plugin flags as a ready query part, e.g. `&pdf=1&cookie=1&java=0…`. */
  readonly plugins: string;
}

/** An IPv4 network: first address as unsigned 32-bit number and prefix length. */
export interface Network {
  readonly first: number;
  readonly prefix: number;
}

/** An IPv6 network of /48 or larger: its upper 48 bits and its prefix length. */
export interface Network6 {
  readonly first: number;
  readonly prefix: number;
}

/** A city of a place. Coordinates are degrees, north and east positive. */
export interface City {
  readonly name: string;
  /** ISO 3166-2 code within the country (`AB`); null where the country has none. */
  readonly region: string | null;
  readonly latitude: number;
  readonly longitude: number;
  readonly weight: number;
  /** IANA zone, one of the place's. */
  readonly zone: string;
  /** Ready query part: `&region=…&city=…&lat=…&long=…`. */
  readonly query: string;
}

/** A country where visitors live. */
export interface Place {
  /** ISO 3166-1 alpha-2, lower case, as Matomo's `country` wants it. */
  readonly country: string;
  /** Share of the visitors when no countries are chosen; 0 for many. */
  readonly weight: number;
  /** Accept-Language values with relative weights. */
  readonly languages: readonly { readonly tag: Encoded; readonly weight: number }[];
  /** IANA zones with relative weights: the visitor's local time. */
  readonly zones: readonly { readonly zone: string; readonly weight: number }[];
  readonly networks: readonly Network[];
  readonly networks6: readonly Network6[];
  /** At least one in each of the zones. */
  readonly cities: readonly City[];
}

/** Events to draw from; the weights are relative, one for each event. */
export interface EventList {
  readonly events: readonly EventTemplate[];
  readonly weights: readonly number[];
}

/** What an events file says; null: as without it. */
export interface OwnEvents {
  readonly click: EventList | null;
  readonly random: EventList | null;
  /** Shares of visits, when they go before those of the settings. */
  readonly click_probability: number | null;
  readonly random_probability: number | null;
}

/** What makes Matomo leave a visit out: who calls, or where the link stood. */
export interface NegativeMaterial {
  readonly bots: readonly Device[];
  readonly ai_fetchers: readonly Device[];
  readonly spam_referrers: readonly Encoded[];
}

/** All that a plan draws from. Immutable after loading. */
export interface Material {
  readonly pages: readonly Page[];
  /** How often each is viewed, relative to the others; null: all alike. */
  readonly page_weights: readonly number[] | null;
  readonly search_terms: readonly SearchTerm[];
  readonly outlinks: readonly Encoded[];
  /** Relative paths; the plan makes them absolute on the page's origin. */
  readonly downloads: readonly string[];
  readonly click_events: readonly EventTemplate[];
  readonly random_events: readonly EventTemplate[];
  /** Null: the events above, all equally likely. */
  readonly own_events: OwnEvents | null;
  /** In the order in which they are tried; all addresses absolute. */
  readonly funnels: readonly Funnel[];
  readonly referrers: {
    readonly search: readonly SearchSource[];
    readonly social: readonly ReferrerSource[];
    readonly website: readonly ReferrerSource[];
    readonly ai: readonly ReferrerSource[];
  };
  readonly products: readonly Product[];
  readonly devices: readonly Device[];
  readonly places: readonly Place[];
  readonly negative: NegativeMaterial;
  /** Journeys and plugins of the user's own; null: none. */
  readonly behaviour: Behaviour | null;
}
