import { hasBursts } from '../bursts.ts';
import { campaignsOf } from '../campaigns.ts';
import { finding, type Rule } from './rule.ts';

/** The list of campaigns can be read and makes sense. */
export const campaignsUsable: Rule = {
  reads: ['campaigns'],
  check: (settings, given) =>
    campaignsOf(settings).problems.map((found) => ({
      ...found,
      value: given.get('campaigns')?.value ?? found.value,
      source: given.get('campaigns')?.source ?? found.source,
    })),
};

const details = [
  ['campaigns', 'campaign'],
  ['search_engines', 'search'],
] as const;

/** What is said of a channel has an effect only if visits come through it. */
export const channelsUsed: readonly Rule[] = details.map(([name, channel]) => ({
  reads: [name, 'channels', 'direct_traffic_probability'],
  check: (settings, given) => {
    const share = settings.channels[channel] ?? 0;
    const isUsed = share > 0 && settings.direct_traffic_probability < 1;
    // A burst takes its share of all visits, whatever its channel has on other days.
    const bursts = name === 'campaigns' && campaignsOf(settings).campaigns.some(hasBursts);
    if (settings[name] === null || isUsed || bursts) return [];
    const label = name.toUpperCase();
    return [
      finding(given, [name, 'channels'], 'channel_unused', {
        message: `${label} has no effect, because no visits come through the channel “${channel}”.`,
        remedy:
          share > 0
            ? 'Set DIRECT_TRAFFIC_PROBABILITY below 1.'
            : `Give it a weight in CHANNELS, for example CHANNELS=search:60,social:20,website:20,${channel}:10.`,
      }),
    ];
  },
}));

/** IPv6 and cities are sent where countries are. */
export const locationsSent: Rule = {
  reads: ['randomize_visitor_countries', 'cities', 'ipv6_share'],
  check: (settings, given) => {
    if (settings.randomize_visitor_countries || !(settings.cities || settings.ipv6_share > 0)) {
      return [];
    }
    const label = settings.cities ? 'CITIES' : 'IPV6_SHARE';
    return [
      finding(given, [settings.cities ? 'cities' : 'ipv6_share'], 'location_unused', {
        message: `${label} has no effect, because RANDOMIZE_VISITOR_COUNTRIES is false.`,
        remedy: `Set RANDOMIZE_VISITOR_COUNTRIES=true, or leave ${label} out.`,
      }),
    ];
  },
};
