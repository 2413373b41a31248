/** What a goal looks at; Matomo's match attributes, except those that judge a whole visit. */
export type GoalMatch =
  | 'manually'
  | 'url'
  | 'title'
  | 'file'
  | 'external_website'
  | 'event_category'
  | 'event_action'
  | 'event_name';

export interface LedgerGoal {
  readonly id: number;
  readonly match: GoalMatch;
  readonly pattern: string;
  readonly pattern_type: 'contains' | 'exact' | 'regex';
  readonly case_sensitive: boolean;
  /** Whether a visit may convert more than once. */
  readonly allow_multiple: boolean;
  readonly revenue_minor: number;
}

/** Settings of a Matomo site that its reports depend on. */
export interface LedgerSite {
  /** IANA zone: the days of the reports. */
  readonly timezone: string;
  readonly ecommerce: boolean;
  readonly sitesearch: boolean;
  /** Query parameters that make a page view a search. */
  readonly site_search_parameters: readonly string[];
  /** The site's URLs: a referrer among them is no referrer. */
  readonly main_urls: readonly string[];
  readonly goals: readonly LedgerGoal[];
  /** Matomo counts AI assistants as a channel of their own: not up to 5.2, where they are websites. */
  readonly ai_assistants: boolean;
}

/** Settings of a site, a shop with Matomo's defaults where nothing is said. */
export type LedgerSiteChoices = Pick<LedgerSite, 'timezone'> & Partial<LedgerSite>;

export function ledgerSite(choices: LedgerSiteChoices): LedgerSite {
  return {
    ecommerce: true,
    sitesearch: true,
    site_search_parameters: ['q', 'query', 's', 'search', 'searchword', 'k', 'keyword', 'keywords'],
    main_urls: [],
    goals: [],
    ai_assistants: false,
    ...choices,
  };
}
