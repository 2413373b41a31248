import type { SitesInput } from './site.ts';

/** What may be chosen about the one site that exists when none are given. */
export interface DefaultSiteChoices {
  readonly timezone?: string;
  readonly currency?: string;
}

/** One shop with site search and a manual goal, as site 1. */
export function defaultSites(choices: DefaultSiteChoices = {}): SitesInput {
  return {
    '1': {
      name: 'Stand-in shop',
      main_url: 'https://shop.example.test',
      timezone: choices.timezone ?? 'CET',
      currency: choices.currency ?? 'SEK',
      ecommerce: 1,
      sitesearch: 1,
      goals: [{ idgoal: 1, name: 'Newsletter', match_attribute: 'manually', revenue: 10 }],
      custom_dimensions: [],
    },
  };
}
