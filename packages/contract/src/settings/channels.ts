import { countryCodes } from './country-codes.ts';
import {
  boolean,
  choice,
  number,
  optionalText,
  optionalWeightedList,
  weightedList,
} from './define.ts';

/** Search engines that the loader knows referrers of. */
export const searchEngines: readonly string[] = [
  'google',
  'bing',
  'duckduckgo',
  'yahoo',
  'ecosia',
  'startpage',
  'qwant',
];

/** Traffic that Matomo answers with yes and leaves out of its reports. */
export const negativeKinds = ['bots', 'ai_fetchers', 'spam_referrers'] as const;
export type NegativeKind = (typeof negativeKinds)[number];

/** Where visits come from: channels and countries. */
export const channels = {
  direct_traffic_probability: number({
    label: 'Direct entries',
    help: 'Share of visits without a referrer; CHANNELS divides the others.',
    unit: 'share of visits',
    default: 0.3,
    min: 0,
    max: 1,
  }),
  channels: weightedList({
    label: 'Channels',
    help: 'How visits that are not direct divide among search engines, social networks, other websites, campaigns and AI assistants: relative weights, a channel that is left out gets none.',
    names: ['search', 'social', 'website', 'campaign', 'ai'],
    elsewhere: { direct: 'DIRECT_TRAFFIC_PROBABILITY' },
    default: { search: 60, social: 20, website: 20 },
  }),
  search_engines: optionalWeightedList({
    label: 'Search engines',
    help: 'How visits from search divide among search engines. Unset: mostly Google, as in Europe and America. Engines tell no keyword, as they do today.',
    names: searchEngines,
  }),
  campaigns: optionalText({
    format: 'campaigns',
    label: 'Campaigns',
    help: 'Names with weights (spring-sale:3,newsletter:1), or a JSON list that also says source, medium, keyword, content, id, landing_page, referrer and bursts. CAMPAIGNS_FILE reads it from a file. Unset: five built-in ones. Give the campaign channel a weight in CHANNELS.',
  }),
  campaign_parameters: choice({
    label: 'Campaign parameters',
    help: 'How the first page’s URL names the campaign. mtm: mtm_campaign, mtm_keyword and so on. utm: utm_campaign, utm_term and so on.',
    values: ['mtm', 'utm'],
    default: 'mtm',
  }),
  countries: optionalWeightedList({
    label: 'Countries',
    help: 'Where visitors live (ISO codes with weights: SE:40,NO:10); address, language and local time follow. Unset: 18 countries, a third of the visitors from the US.',
    names: countryCodes,
    synonyms: { uk: 'gb' },
    shown: 'upper',
  }),
  ipv6_share: number({
    label: 'IPv6',
    help: 'Share of visitors with an IPv6 address instead of an IPv4 one.',
    unit: 'share of visits',
    default: 0,
    min: 0,
    max: 1,
  }),
  cities: boolean({
    label: 'Cities',
    help: 'Send a city of the visitor’s country and time zone too, with region and coordinates. Like countries they need a token.',
    default: false,
  }),
  negative_traffic: optionalWeightedList({
    label: 'Negative traffic',
    help: 'Shares of all visits that Matomo must not record, to test its exclusions: search engines’ and other crawlers (bots), fetchers of AI assistants (ai_fetchers), visits with a referrer on Matomo’s spam list (spam_referrers), e.g. bots:0.05,spam_referrers:0.01. They count in rates and caps like any visit and are counted apart. Unset: none.',
    names: negativeKinds,
    shares: true,
  }),
};
