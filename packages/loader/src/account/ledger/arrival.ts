import type { DayCounts } from './metrics.ts';
import type { PageFacts } from './page.ts';
import type { ReferrerFacts } from './referrer.ts';
import type { OpenVisit } from './visit.ts';

/** How a visit came: Matomo's referrer types. */
export type Channel = 'direct' | 'search' | 'social' | 'website' | 'campaign' | 'ai';

const channelCount = {
  direct: 'direct_visits',
  search: 'search_visits',
  social: 'social_visits',
  website: 'website_visits',
  campaign: 'campaign_visits',
} as const satisfies Record<Exclude<Channel, 'ai'>, keyof DayCounts>;

/** Adds visits to a day's channel. Those of AI assistants, where they are a channel, have no number. */
export function countChannel(metrics: DayCounts, channel: Channel, visits: 1 | -1): void {
  if (channel !== 'ai') metrics[channelCount[channel]] += visits;
}

/** A campaign comes before any referrer; a referrer on the site itself or on the page's own host is none. */
export function channelOf(page: PageFacts, referrer: ReferrerFacts): Channel {
  if (page.campaign !== null) return 'campaign';
  return referrer.own || referrer.host === page.host ? 'direct' : referrer.channel;
}

/**
 * The keyword of the page's campaign: the URL's, the search engine's, that of the visit when it is the
 * same campaign, or else the referrer's host.
 */
export function campaignKeyword(
  page: PageFacts,
  referrer: ReferrerFacts,
  visit: OpenVisit | null,
): string {
  if (page.campaign === null) return '';
  const said = page.campaign.keyword || referrer.keyword;
  if (said !== '') return said;
  const isSame = visit?.channel === 'campaign' && visit.campaign_name === page.campaign.name;
  return isSame ? visit.campaign_keyword : referrer.host;
}

/**
 * Whether a campaign begins a new visit: one that is not the visit's own, unless the visit was direct,
 * which becomes the campaign's instead (observed; `create_new_visit_when_campaign_changes`).
 */
export function changesCampaign(
  visit: OpenVisit,
  page: PageFacts,
  referrer: ReferrerFacts,
): boolean {
  if (page.campaign === null || visit.channel === 'direct') return false;
  return (
    visit.channel !== 'campaign' ||
    visit.campaign_name !== page.campaign.name ||
    visit.campaign_keyword !== campaignKeyword(page, referrer, visit)
  );
}

/** A direct visit takes over the first source that a later hit names (observed). */
export function learnsSource(visit: OpenVisit, page: PageFacts, referrer: ReferrerFacts): void {
  if (visit.channel !== 'direct') return;
  const channel = channelOf(page, referrer);
  if (channel === 'direct') return;
  const { metrics } = visit.day;
  countChannel(metrics, 'direct', -1);
  countChannel(metrics, channel, 1);
  visit.campaign_keyword = campaignKeyword(page, referrer, visit);
  visit.campaign_name = page.campaign?.name ?? '';
  visit.channel = channel;
}
