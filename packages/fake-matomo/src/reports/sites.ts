import zones from '../data/zone-countries.json' with { type: 'json' };
import { type Method, siteOf } from './call.ts';

const zoneNames: Readonly<Record<string, string>> = zones;
const currencies = new Intl.DisplayNames('en', { type: 'currency' });

export const sites: Readonly<Record<string, Method>> = {
  'SitesManager.getSiteFromId': (call) => {
    const site = siteOf(call);
    return {
      idsite: site.id,
      name: site.name,
      main_url: site.main_url,
      ts_created: '2020-01-01 00:00:00',
      ecommerce: site.ecommerce,
      sitesearch: site.sitesearch,
      sitesearch_keyword_parameters: '',
      sitesearch_category_parameters: '',
      timezone: site.timezone,
      currency: site.currency,
      exclude_unknown_urls: 0,
      excluded_ips: '',
      excluded_parameters: '',
      excluded_user_agents: '',
      excluded_referrers: '',
      group: '',
      type: 'website',
      keep_url_fragment: 0,
      creator_login: 'super user was set',
      timezone_name: zoneNames[site.timezone] ?? site.timezone,
      currency_name: currencies.of(site.currency) ?? site.currency,
    };
  },
  'SitesManager.getSiteUrlsFromId': (call) => [siteOf(call).main_url],
  // Those on which the token may only view: of a super user none.
  'SitesManager.getSitesIdWithViewAccess': ({ source, rights }) =>
    rights === 'view' ? [...source.sites.keys()] : [],
  'SitesManager.getSitesIdWithAtLeastViewAccess': ({ source }) => [...source.sites.keys()],
  // Ids and the flag are strings here and numbers elsewhere: so Matomo has it.
  'CustomDimensions.getConfiguredCustomDimensions': (call) => {
    const site = siteOf(call);
    const used = { visit: 0, action: 0 };
    return site.custom_dimensions.map((dimension) => {
      used[dimension.scope] += 1;
      return {
        idcustomdimension: String(dimension.idcustomdimension),
        idsite: String(site.id),
        name: dimension.name,
        index: String(used[dimension.scope]),
        scope: dimension.scope,
        active: true,
        extractions: [],
        case_sensitive: true,
      };
    });
  },
};
