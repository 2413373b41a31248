import { type Campaign, campaignsOf, type Settings, titleFromPath } from '@trafficinator/contract';
import { type Encoded, encoded, type Material, type Page } from './material/material.ts';
import type { Hit, Visit } from './visit.ts';

/** A campaign's link: what stands in the first page's URL. */
export interface CampaignLink {
  readonly name: string;
  readonly weight: number;
  readonly referrer: Encoded | null;
  /** Page that it leads to; null: any. */
  readonly landing: Page | null;
  /** `mtm_campaign=spring-sale&mtm_source=google…` */
  readonly parameters: string;
  /** Days with another share of all visits. */
  readonly bursts: Campaign['bursts'];
}

/** Parameter names in the order in which they stand in a URL. */
const names = {
  mtm: {
    name: 'mtm_campaign',
    source: 'mtm_source',
    medium: 'mtm_medium',
    keyword: 'mtm_keyword',
    content: 'mtm_content',
    id: 'mtm_cid',
  },
  utm: {
    name: 'utm_campaign',
    source: 'utm_source',
    medium: 'utm_medium',
    keyword: 'utm_term',
    content: 'utm_content',
    id: 'utm_id',
  },
} as const satisfies Record<
  Settings['campaign_parameters'],
  Partial<Record<keyof Campaign, string>>
>;

/** The links of the campaigns that the settings name. A landing page is one of the site's, if it is known. */
export function compileCampaigns(
  material: Material,
  settings: Pick<Settings, 'campaigns' | 'campaign_parameters'>,
): CampaignLink[] {
  return campaignsOf(settings).campaigns.map((campaign) => ({
    name: campaign.name,
    weight: campaign.weight,
    referrer: campaign.referrer === null ? null : encoded(new URL(campaign.referrer).href),
    landing: campaign.landing_page === null ? null : pageAt(campaign.landing_page, material.pages),
    parameters: parametersOf(campaign, settings.campaign_parameters),
    bursts: campaign.bursts,
  }));
}

function parametersOf(campaign: Campaign, style: Settings['campaign_parameters']): string {
  const entries = Object.entries(names[style]) as [keyof (typeof names)['mtm'], string][];
  const said = entries.flatMap(([field, name]) => {
    const value = campaign[field];
    return value === null ? [] : [`${name}=${encodeURIComponent(value)}`];
  });
  return said.join('&');
}

function pageAt(address: string, pages: readonly Page[]): Page {
  const { href } = new URL(address, pages[0]?.url.raw);
  const known = pages.find(({ url }) => url.raw === href);
  return known ?? { url: encoded(href), title: encoded(titleFromPath(new URL(href))) };
}

/** A page's URL with more parameters, before its fragment. */
export function withParameters(url: string, parameters: string): string {
  const [page = '', ...fragment] = url.split('#');
  const mark = page.includes('?') ? '&' : '?';
  const rest = fragment.length === 0 ? '' : `#${fragment.join('#')}`;
  return `${page}${mark}${parameters}${rest}`;
}

/**
 * A planned visit as it comes from a campaign's link. Only the first hit of a campaign's visit has the
 * parameters in its URL: Matomo splits a visit whose later pages name another campaign, keyword or
 * spelling. The second page's referrer has them, as browsers send it, where Matomo does not look.
 */
export function arrived(link: CampaignLink | null, visit: Visit): Visit {
  if (link === null) return visit;
  const first = visit.hits[0] as Hit;
  // Whoever begins a funnel begins it at its own first step.
  const page = visit.funnel === undefined ? (link.landing ?? first.page) : first.page;
  const url = encoded(withParameters(page.url.raw, link.parameters));
  const next = visit.hits.find(({ pageview_id }) => pageview_id !== first.pageview_id);
  const now = (hit: Hit): Hit => {
    if (hit === first) return { ...hit, page: { url, title: page.title } };
    if (hit.pageview_id === first.pageview_id) return page === first.page ? hit : { ...hit, page };
    const cameOver = hit.pageview_id === next?.pageview_id && hit.referrer === first.page.url;
    return cameOver ? { ...hit, referrer: url } : hit;
  };
  const hits = visit.hits.map(now);
  if (visit.funnel === undefined) return { ...visit, hits };
  const steps = visit.funnel.steps.map((step) => hits[visit.hits.indexOf(step as Hit)] ?? step);
  return { ...visit, hits, funnel: { ...visit.funnel, steps } };
}
