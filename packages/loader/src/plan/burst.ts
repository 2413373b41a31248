import { burstOn } from '@trafficinator/contract';
import type { CampaignLink } from './campaign.ts';
import type { Origin, OriginOf } from './channel.ts';
import { purpose } from './draw.ts';
import { Weighted } from './weighted.ts';

/**
 * Origins with campaign bursts: on a burst's days its campaign has exactly the burst's share of all visits,
 * and everything else divides what is left in the proportions that it has otherwise. `without`: the usual
 * origins less some campaigns, null when nothing is left; then the bursts divide all visits.
 */
export function withBursts(
  campaigns: readonly CampaignLink[],
  usual: OriginOf,
  without: (absent: readonly CampaignLink[]) => OriginOf | null,
  originOf: (campaign: CampaignLink) => Origin,
): OriginOf {
  const compiled = new Map<string, OriginOf>();
  const compile = (day: string): OriginOf => {
    const bursting = campaigns.flatMap((campaign) => {
      const share = burstOn(campaign, day);
      return share === null ? [] : [{ campaign, origin: originOf(campaign), share }];
    });
    if (bursting.length === 0) return usual;
    const others = without(bursting.map(({ campaign }) => campaign));
    const taken = bursting.reduce((sum, { share }) => sum + share, 0);
    if (taken === 0) return others ?? usual;
    const byShare = new Weighted(bursting, ({ share }) => share);
    const all = others === null ? 1 : taken;
    return (draws) => {
      const u = draws.unit(purpose.burst);
      return others !== null && u >= all ? others(draws) : byShare.at(u / all).origin;
    };
  };
  return (draws, site_day) => {
    if (site_day === undefined) return usual(draws);
    let origins = compiled.get(site_day);
    if (origins === undefined) {
      origins = compile(site_day);
      compiled.set(site_day, origins);
    }
    return origins(draws);
  };
}
