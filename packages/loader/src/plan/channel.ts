import type { Settings } from '@trafficinator/contract';
import { type CampaignLink, compileCampaigns } from './campaign.ts';
import { type Draws, purpose } from './draw.ts';
import type { Encoded, Material, ReferrerSource } from './material/material.ts';
import { Weighted } from './weighted.ts';

export type Channel = 'direct' | 'search' | 'social' | 'website' | 'campaign' | 'ai';

export type ChannelSettings = Pick<
  Settings,
  'direct_traffic_probability' | 'channels' | 'search_engines' | 'campaigns' | 'campaign_parameters'
>;

/** How a visit comes to the site. */
export interface Origin {
  readonly channel: Channel;
  /** Where the link stood, if the browser tells. */
  readonly referrer: Encoded | null;
  /** null unless the channel is `campaign`. */
  readonly campaign: CampaignLink | null;
}

const direct: Origin = { channel: 'direct', referrer: null, campaign: null };

/**
 * Compiles the choice of a visit's channel: none for the share of direct visits, the rest by relative
 * weights, so that all shares always sum to one.
 */
export function compileChannels(
  material: Material,
  settings: ChannelSettings,
): (draws: Draws) => Origin {
  const originsOf: Record<Exclude<Channel, 'direct'>, () => Origins> = {
    search: () => fromSources('search', searchSources(material, settings)),
    social: () => fromSources('social', material.referrers.social),
    website: () => fromSources('website', material.referrers.website),
    ai: () => fromSources('ai', material.referrers.ai),
    campaign: () => fromCampaigns(compileCampaigns(material, settings)),
  };
  const chosen = Object.entries(settings.channels).flatMap(([channel, share]) =>
    share > 0 ? [{ share, origins: originsOf[channel as keyof typeof originsOf]() }] : [],
  );
  const byChannel = new Weighted(chosen, ({ share }) => share);
  const directShare = settings.direct_traffic_probability;
  return (draws) => {
    const u = draws.unit(purpose.referrerChannel);
    if (u < directShare) return direct;
    const { origins } = byChannel.at((u - directShare) / (1 - directShare));
    return origins.at(draws.unit(purpose.referrerSource)).origin;
  };
}

/** What can be drawn of one channel. */
type Origins = Weighted<{ readonly origin: Origin; readonly weight: number }>;

function fromSources(channel: Channel, sources: readonly ReferrerSource[]): Origins {
  const entries = sources.map(({ url, weight }) => ({
    origin: { channel, referrer: url, campaign: null },
    weight,
  }));
  return new Weighted(entries, ({ weight }) => weight);
}

function fromCampaigns(campaigns: readonly CampaignLink[]): Origins {
  const entries = campaigns.map((campaign) => ({
    origin: { channel: 'campaign' as const, referrer: campaign.referrer, campaign },
    weight: campaign.weight,
  }));
  return new Weighted(entries, ({ weight }) => weight);
}

/** An engine's weight divides among its own addresses as the material weighs them. */
function searchSources(material: Material, settings: ChannelSettings): readonly ReferrerSource[] {
  const engines = settings.search_engines;
  const sources = material.referrers.search;
  if (engines === null) return sources;
  return sources.map((source) => {
    const own = sources.filter(({ engine }) => engine === source.engine);
    const sum = own.reduce((total, { weight }) => total + weight, 0);
    return { ...source, weight: ((engines[source.engine] ?? 0) * source.weight) / sum };
  });
}
