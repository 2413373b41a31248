import { type Draws, purpose } from './draw.ts';
import type { Encoded, Material } from './material/material.ts';
import { Weighted } from './weighted.ts';

/** How visits with a referrer divide among the channels. */
const channelShares = { search: 0.6, social: 0.2, website: 0.2 } as const;
const channels = Object.keys(channelShares) as (keyof typeof channelShares)[];

/**
 * Compiles the choice of a visit's referrer: none for a share of `directShare` (0 to 1) of the visits,
 * the rest by fixed relative weights, so that all shares always sum to one.
 */
export function compileReferrers(
  material: Material,
  directShare: number,
): (draws: Draws) => Encoded | null {
  const byChannel = new Weighted(
    channels.map((channel) => ({
      share: channelShares[channel],
      sources: new Weighted(material.referrers[channel], (source) => source.weight),
    })),
    (channel) => channel.share,
  );
  return (draws) => {
    const u = draws.unit(purpose.referrerChannel);
    if (u < directShare) return null;
    const channel = byChannel.at((u - directShare) / (1 - directShare));
    return channel.sources.at(draws.unit(purpose.referrerSource)).url;
  };
}
