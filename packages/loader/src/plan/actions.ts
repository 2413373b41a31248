import type { Settings } from '@trafficinator/contract';
import { type Draws, purpose } from './draw.ts';
import { type Encoded, type EventTemplate, encoded, type Material } from './material/material.ts';
import type { Hit, HitKind, Search } from './visit.ts';
import { Weighted } from './weighted.ts';

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
 * order of their moments, all before the next page. `direct`: the visit has no referrer.
 */
export function compileActions(
  material: Material,
  settings: ActionSettings,
): (draws: Draws, pages: readonly Hit[], duration_ms: number, direct: boolean) => Hit[] {
  const rules = rulesOf(material, settings);
  return (draws, pages, duration_ms, direct) => {
    const hits: Hit[] = [];
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
  const click = eventsOf(material, settings, 'click');
  const random = eventsOf(material, settings, 'random');
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
      probability: click.probability,
      pageAt: laterPage,
      detailOf: click.detailOf,
    },
    {
      kind: 'event',
      wanted: purpose.wantsRandom,
      probability: random.probability,
      pageAt: laterPage,
      detailOf: random.detailOf,
    },
  ];
}

/** Own events by their weights, else the built-in ones, and in how many of the longer visits. */
function eventsOf(
  material: Material,
  settings: ActionSettings,
  which: 'click' | 'random',
): Pick<Rule, 'probability' | 'detailOf'> {
  const own = material.own_events;
  const share = own?.[`${which}_probability`] ?? settings[`${which}_events_probability`];
  const probability = probabilityInLongVisits(settings, share);
  const list = own?.[which] ?? null;
  if (list === null) {
    const events = material[`${which}_events`];
    return { probability, detailOf: (draws, n) => draws.pick(events, purpose.actionChoice, n) };
  }
  if (list.events.length === 0) return { probability: 0, detailOf: () => null };
  const positions = new Weighted([...list.events.keys()], (at) => list.weights[at] ?? 0);
  return {
    probability,
    detailOf: (draws, n) =>
      list.events[positions.at(draws.unit(purpose.actionChoice, n))] as EventTemplate,
  };
}

/** Few searches find nothing, most find some, a few find many. */
export function resultsAt(u: number): number {
  const rest = (u - noResultShare) / (1 - noResultShare);
  return u < noResultShare ? 0 : 1 + Math.floor(59 * rest * rest);
}

function search(draws: Draws, n: number, material: Material): Search {
  return {
    term: draws.pick(material.search_terms, purpose.actionChoice, n),
    results: resultsAt(draws.unit(purpose.searchCount, n)),
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
