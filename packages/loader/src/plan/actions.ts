import type { Settings } from '@trafficinator/contract';
import { type Draws, purpose } from './draw.ts';
import { type Encoded, encoded, type Material } from './material/material.ts';
import type { Hit, HitKind, Search } from './visit.ts';

export type ActionSettings = Pick<
  Settings,
  | 'pageviews_min'
  | 'pageviews_max'
  | 'sitesearch_probability'
  | 'outlinks_probability'
  | 'downloads_probability'
  | 'click_events_probability'
  | 'random_events_probability'
  | 'ecommerce_probability'
>;

/** Share of searches that find nothing. */
const noResultShare = 0.12;

interface Rule {
  readonly kind: HitKind;
  readonly wanted: number;
  readonly probability: number;
  /** Page that the action happens on, of a visit with `pages` ≥ 2. */
  readonly pageAt: (u: number, pages: number) => number;
  readonly detailOf: (draws: Draws, n: number, page: Hit) => Hit['detail'];
}

/** Any page but the first. */
const laterPage = (u: number, pages: number): number => 1 + Math.floor(u * (pages - 1));
/** Any page but the first and the last, so that a result page follows; of two pages, the first. */
const pageBeforeResult = (u: number, pages: number): number =>
  pages < 3 ? 0 : 1 + Math.floor(u * (pages - 2));

/**
 * The probability within visits of two and more pages that makes the share over all visits what was
 * asked for: special actions do not occur in visits of one page. It cannot exceed 1; the settings'
 * rules warn then.
 */
export function probabilityInLongVisits(
  settings: Pick<Settings, 'pageviews_min' | 'pageviews_max'>,
  probability: number,
): number {
  const choices = settings.pageviews_max - settings.pageviews_min + 1;
  const long = settings.pageviews_max - Math.max(2, settings.pageviews_min) + 1;
  return long <= 0 ? 0 : Math.min(1, (probability * choices) / long);
}

/**
 * Compiles what visitors do besides viewing pages. Each action is a hit of its own, on a page of the
 * visit, with that page's `pv_id`; none replaces a page view. Within a page the actions come in the
 * order of their moments, all before the next page.
 */
export function compileActions(
  material: Material,
  settings: ActionSettings,
): (draws: Draws, pages: readonly Hit[], duration_ms: number) => Hit[] {
  const rules = rulesOf(material, settings);
  return (draws, pages, duration_ms) => {
    const hits: Hit[] = [];
    const direct = pages[0]?.referrer === null;
    for (const [n, rule] of rules.entries()) {
      if (!draws.chance(rule.probability, rule.wanted)) continue;
      const at = rule.pageAt(draws.unit(purpose.actionPage, n), pages.length);
      const page = pages[at] as Hit;
      const ends = pages[at + 1]?.offset_ms ?? duration_ms;
      const moment = 0.1 + 0.8 * draws.unit(purpose.actionMoment, n);
      hits.push({
        kind: rule.kind,
        offset_ms: page.offset_ms + Math.floor((ends - page.offset_ms) * moment),
        pause_ms: 0,
        page: page.page,
        referrer: referrerOf(rule.kind, page, direct),
        pageview_id: page.pageview_id,
        detail: rule.detailOf(draws, n, page),
      });
    }
    return hits;
  };
}

/**
 * A clicked link says which page held it. An outlink of a direct visit must not: its `url` is foreign, so
 * Matomo would take a page whose host is not among the site's URLs for an external referrer, and a later
 * external referrer rewrites the channel of a direct visit.
 */
function referrerOf(kind: HitKind, page: Hit, direct: boolean): Encoded | null {
  if (kind === 'download') return page.page.url;
  if (kind === 'outlink') return direct ? null : page.page.url;
  return page.referrer;
}

function rulesOf(material: Material, settings: ActionSettings): readonly Rule[] {
  const p = (name: keyof ActionSettings) => probabilityInLongVisits(settings, settings[name]);
  const downloadOn = downloads(material.downloads);
  return [
    {
      kind: 'search',
      wanted: purpose.wantsSearch,
      probability: p('sitesearch_probability'),
      pageAt: pageBeforeResult,
      detailOf: (draws, n) => search(draws, n, material),
    },
    {
      kind: 'outlink',
      wanted: purpose.wantsOutlink,
      probability: p('outlinks_probability'),
      pageAt: laterPage,
      detailOf: (draws, n) => ({ url: draws.pick(material.outlinks, purpose.actionChoice, n) }),
    },
    {
      kind: 'download',
      wanted: purpose.wantsDownload,
      probability: p('downloads_probability'),
      pageAt: laterPage,
      detailOf: (draws, n, page) => ({
        url: downloadOn(page.page.url, draws.unit(purpose.actionChoice, n)),
      }),
    },
    {
      kind: 'event',
      wanted: purpose.wantsClick,
      probability: p('click_events_probability'),
      pageAt: laterPage,
      detailOf: (draws, n) => draws.pick(material.click_events, purpose.actionChoice, n),
    },
    {
      kind: 'event',
      wanted: purpose.wantsRandom,
      probability: p('random_events_probability'),
      pageAt: laterPage,
      detailOf: (draws, n) => draws.pick(material.random_events, purpose.actionChoice, n),
    },
  ];
}

/** Few searches find nothing, most find some, a few find many. */
function search(draws: Draws, n: number, material: Material): Search {
  const u = draws.unit(purpose.searchCount, n);
  const rest = (u - noResultShare) / (1 - noResultShare);
  return {
    term: draws.pick(material.search_terms, purpose.actionChoice, n),
    results: u < noResultShare ? 0 : 1 + Math.floor(59 * rest * rest),
  };
}

/** Absolute download URLs on a page's origin, each origin's list built once. */
function downloads(paths: readonly string[]): (pageUrl: Encoded, u: number) => Encoded {
  const byOrigin = new Map<string, readonly Encoded[]>();
  return (pageUrl, u) => {
    const origin = pageUrl.raw.slice(0, originLength(pageUrl.raw));
    let urls = byOrigin.get(origin);
    if (urls === undefined) {
      urls = paths.map((path) => encoded(new URL(path, `${origin}/`).href));
      byOrigin.set(origin, urls);
    }
    return urls[Math.floor(u * urls.length)] as Encoded;
  };
}

function originLength(url: string): number {
  const host = url.indexOf('//') + 2;
  const end = url.slice(host).search(/[/?#]/);
  return end < 0 ? url.length : host + end;
}
