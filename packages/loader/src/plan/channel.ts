import { hasBursts, type Settings } from '@trafficinator/contract';
import { withBursts } from './burst.ts';
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

/** A visit's origin; `site_day`, the site's date, counts only where a campaign has bursts. */
export type OriginOf = (draws: Draws, site_day?: string) => Origin;

const direct: Origin = { channel: 'direct', referrer: null, campaign: null };

/**
 * Compiles the choice of a visit's channel: none for the share of direct visits, the rest by relative
 * weights, so that all shares always sum to one.
 */
export function compileChannels(material: Material, settings: ChannelSettings): OriginOf {
  const campaigns = compileCampaigns(material, settings);
  const usual = usualOrigins(material, settings, campaigns) ?? (() => direct);
  if (!campaigns.some(hasBursts)) return usual;
  const without = (absent: readonly CampaignLink[]) =>
    usualOrigins(material, settings, campaigns, absent);
  return withBursts(campaigns, usual, without, originOfCampaign);
}

/**
 * The origins of a day without bursts. Without the campaigns that are `absent` the others have their shares
 * among each other unchanged; null when there are no others.
 */
function usualOrigins(
  material: Material,
  settings: ChannelSettings,
  campaigns: readonly CampaignLink[],
  absent: readonly CampaignLink[] = [],
): OriginOf | null {
  const weightOf = (links: readonly CampaignLink[]) =>
    links.reduce((sum, { weight }) => sum + weight, 0);
  const present = campaigns.filter((link) => !absent.includes(link));
  const originsOf: Record<Exclude<Channel, 'direct'>, () => Origins> = {
    search: () => fromSources('search', searchSources(material, settings)),
    social: () => fromSources('social', material.referrers.social),
    website: () => fromSources('website', material.referrers.website),
    ai: () => fromSources('ai', material.referrers.ai),
    campaign: () => fromCampaigns(present),
  };
  const left = absent.length === 0 ? 1 : weightOf(present) / weightOf(campaigns);
  const all = Object.entries(settings.channels);
  const shares = all.map(
    ([channel, share]) => [channel, channel === 'campaign' ? share * left : share] as const,
  );
  const chosen = shares.flatMap(([channel, share]) =>
    share > 0 ? [{ share, origins: originsOf[channel as keyof typeof originsOf]() }] : [],
  );
  const directShare = directAmong(settings.direct_traffic_probability, all, shares);
  if (chosen.length === 0) return directShare > 0 ? () => direct : null;
  const byChannel = new Weighted(chosen, ({ share }) => share);
  return (draws) => {
    const u = draws.unit(purpose.referrerChannel);
    if (u < directShare) return direct;
    const { origins } = byChannel.at((u - directShare) / (1 - directShare));
    return origins.at(draws.unit(purpose.referrerSource)).origin;
  };
}

type Shares = readonly (readonly [channel: string, share: number])[];

/** The share of direct visits when the channels have only a part of theirs. */
function directAmong(direct: number, all: Shares, left: Shares): number {
  const sum = (shares: Shares) => shares.reduce((total, [, share]) => total + share, 0);
  const part = sum(left) / sum(all);
  return part === 1 ? direct : direct / (direct + (1 - direct) * part);
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
    origin: originOfCampaign(campaign),
    weight: campaign.weight,
  }));
  return new Weighted(entries, ({ weight }) => weight);
}

const originOfCampaign = (campaign: CampaignLink): Origin => ({
  channel: 'campaign',
  referrer: campaign.referrer,
  campaign,
});

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
