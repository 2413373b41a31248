/**
 * The interface of plugins, version 1. A plugin is an ES module in PLUGINS_DIR whose default export is a
 * `Plugin`; it needs no import at run time. It must be reproducible: the same calls for the same visit,
 * whenever it is asked. So it draws from `random`, not from Math.random, and asks no clock, file or network.
 * Amounts of money are whole numbers of minor units (cents), times are seconds of the visitor's stay.
 */
export interface Plugin {
  readonly api: 1;
  /** Letters, digits, blanks and `. _ -`, 60 at most; no two plugins have the same. */
  readonly name: string;
  /** Ways through the site that visits may follow; JOURNEY_SHARE says how many do. */
  readonly journeys?: readonly Journey[];
  /** Called once, at the start: other lists in place of those that it returns. */
  readonly material?: (material: SiteMaterial) => Partial<SiteMaterial>;
  /** The last word on every visit, whoever planned it: returns the hits it shall have; nothing: as they are. */
  readonly hits?: (
    visit: PlannedVisit,
    context: { readonly random: Random; readonly site: Site },
  ) => readonly PlannedHit[] | undefined;
}

/** A way through the site. */
export interface Journey {
  /** No two journeys have the same name. */
  readonly name: string;
  /** Relative to the other journeys, unless JOURNEYS says otherwise; 10 unless given. */
  readonly weight?: number;
  /** Plans one visit by saying what its visitor does, in order. It begins with a page view. */
  readonly visit: (v: JourneyVisit) => void;
}

/** What a visitor does: each call but `dimension` and `wait` is one hit, at the moment that is reached. */
export interface JourneyVisit {
  readonly random: Random;
  readonly site: Site;
  readonly visitor: VisitorFacts;
  /** Opens a page. An address alone is a page of the site if it is relative; its title comes from its path. */
  readonly view: (page: Page | string) => void;
  /** Opens a page that shows a product; without a page: `/product/` and its number. */
  readonly product: (product: Product, page?: Page | string) => void;
  /** Searches the site. The page that lists the results, or the one that is clicked there, is a view of its own. */
  readonly search: (
    keyword: string,
    more?: { readonly category?: string; readonly results?: number },
  ) => void;
  readonly event: (event: EventFacts) => void;
  /** Is shown a piece of content; with an `interaction` answers it. */
  readonly content: (content: ContentFacts) => void;
  /** Clicks a file; relative addresses are of the open page's site. */
  readonly download: (address: string) => void;
  /** Clicks a link to another site. */
  readonly outlink: (address: string) => void;
  /** All that is in the cart now. What is not ordered is abandoned. */
  readonly cart: (lines: readonly OrderLine[]) => void;
  /** Orders; tax and shipping as the settings say unless given. Order numbers are made, each once. */
  readonly order: (lines: readonly OrderLine[], more?: OrderFacts) => void;
  /** Reaches a goal of Matomo's by its id; without a revenue: the goal's own. Matomo refuses unknown ids. */
  readonly goal: (id: number, revenue_minor?: number) => void;
  /** A custom dimension, sent with every hit from here on, until another value or null. */
  readonly dimension: (id: number, value: string | null) => void;
  /** Stays so long before what comes next; with two values: as long as is drawn between them. */
  readonly wait: (least_seconds: number, most_seconds?: number) => void;
  /** Ends the visit here: nothing after this call is run. */
  readonly leave: () => never;
}

/** Draws of the visit: the n-th draw of a visit is the same whenever it is planned. */
export interface Random {
  /** In [0, 1). */
  readonly unit: () => number;
  /** True with this probability. */
  readonly chance: (probability: number) => boolean;
  /** A whole number, both ends included. */
  readonly between: (least: number, most: number) => number;
  /** One of the items, all equally likely. */
  readonly pick: <T>(items: readonly T[]) => T;
  /** One of the items by weight. */
  readonly weighted: <T>(items: readonly T[], weightOf: (item: T) => number) => T;
  /** One of the items by rank, the first most often: a long tail by Zipf's law; an exponent of 0 is all alike. */
  readonly ranked: <T>(items: readonly T[], exponent?: number) => T;
}

export interface Page {
  /** Absolute, http or https. */
  readonly url: string;
  readonly title: string;
}

export interface Product {
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  readonly price_minor: number;
}

export interface SearchFacts {
  readonly keyword: string;
  readonly category: string | null;
}

export interface EventFacts {
  readonly category: string;
  readonly action: string;
  readonly name?: string | null;
  readonly value?: number | null;
}

export interface ContentFacts {
  readonly name: string;
  readonly piece?: string | null;
  readonly target?: string | null;
  readonly interaction?: string | null;
}

export interface OrderLine {
  readonly product: Product;
  /** 1 unless given. */
  readonly quantity?: number;
  /** The product's own unless given. */
  readonly price_minor?: number;
}

export interface OrderFacts {
  readonly tax_minor?: number;
  readonly shipping_minor?: number;
  readonly discount_minor?: number;
}

/** The lists that visits are made of. */
export interface SiteMaterial {
  readonly pages: readonly Page[];
  readonly searches: readonly SearchFacts[];
  readonly outlinks: readonly string[];
  /** Paths, or absolute addresses. */
  readonly downloads: readonly string[];
  readonly click_events: readonly EventFacts[];
  readonly random_events: readonly EventFacts[];
  readonly products: readonly Product[];
}

/** Pages whose paths begin with the same segment; those that stand alone are the section `main`. */
export interface Section {
  readonly name: string;
  /** The most popular first: by the weights of the URL list, else in its order. */
  readonly pages: readonly Page[];
  /** How often visits begin here, relative to the others. */
  readonly weight: number;
  /** Where visitors go on to: this section itself and others, by weight. */
  readonly leads_to: readonly { readonly section: Section; readonly weight: number }[];
}

/** The site as it is planned for. It cannot be changed. */
export interface Site extends SiteMaterial {
  readonly origin: string;
  readonly sections: readonly Section[];
  /** Zipf exponent of a section's pages, as JOURNEYS_FILE has it, else 1. */
  readonly popularity: number;
}

export interface VisitorFacts {
  /** ISO 3166-1 alpha-2, lower case. */
  readonly country: string;
  readonly device: 'desktop' | 'smartphone' | 'tablet';
  /** What the browser asks for: `sv-SE,sv;q=0.9`. */
  readonly language: string;
  readonly channel: 'direct' | 'search' | 'social' | 'website' | 'campaign' | 'ai';
  readonly campaign: string | null;
}

/** A visit as it was planned; it ends with a ping, which is not among its hits. */
export interface PlannedVisit {
  readonly hits: readonly PlannedHit[];
  readonly visitor: VisitorFacts;
  readonly journey: string | null;
  readonly funnel: string | null;
}

interface AnyHit {
  /** Since the visit began; never less than the hit before. */
  readonly offset_seconds: number;
  /** Where it happens. */
  readonly page: Page;
  /** Custom dimensions that are sent with it, by id. */
  readonly dimensions?: Readonly<Record<string, string>>;
}

/** A hit. Those that a plugin returns as it got them stay as they are, to the byte. */
export type PlannedHit = AnyHit &
  (
    | { readonly kind: 'pageview'; readonly product?: Product }
    | {
        readonly kind: 'search';
        readonly keyword: string;
        readonly category?: string | null;
        readonly results: number;
      }
    | ({ readonly kind: 'event' } & EventFacts)
    | ({ readonly kind: 'content' } & ContentFacts)
    | { readonly kind: 'outlink' | 'download'; readonly address: string }
    | {
        readonly kind: 'goal';
        readonly goal: number;
        readonly revenue_minor?: number | null;
      }
    | { readonly kind: 'cart'; readonly lines: readonly OrderLine[] }
    | ({ readonly kind: 'order'; readonly lines: readonly OrderLine[] } & OrderFacts)
  );
