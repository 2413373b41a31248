import { campaignsOf, hasBursts, type Settings } from '@trafficinator/contract';
import { type ActionSettings, compileActions, probabilityInLongVisits } from './actions.ts';
import { arrived } from './campaign.ts';
import { type ChannelSettings, compileChannels, type Origin } from './channel.ts';
import type { Crowd } from './crowd/crowd.ts';
import { Draws, purpose } from './draw.ts';
import { compileFunnels } from './funnels/funnels.ts';
import { endOf, type Walk } from './funnels/walk.ts';
import { compileJourneys, type JourneySettings } from './journeys/journeys.ts';
import { compileLastWord, withFault } from './journeys/last-word.ts';
import type { Material } from './material/material.ts';
import { compileNegative, type NegativeSettings } from './negative.ts';
import { compileOrders, type OrderSettings } from './order.ts';
import { compilePages } from './page-choice.ts';
import { pageViews } from './pages.ts';
import { compileTimings, type PageLoads } from './timings.ts';
import type { Hit, Visit, Visitor } from './visit.ts';
import { compileVisitors, type VisitorSettings } from './visitor.ts';

/** The settings that a plan depends on; no other setting changes a visit. */
export type PlanSettings = ActionSettings &
  ChannelSettings &
  JourneySettings &
  OrderSettings &
  VisitorSettings &
  NegativeSettings &
  Pick<
    Settings,
    | 'returning_visitor_share'
    | 'visit_duration_min'
    | 'visit_duration_max'
    | 'pause_between_pvs_min'
    | 'pause_between_pvs_max'
  >;

/**
 * Visit `index`, 0 and up: a pure function. `site_day`: the site's date (`YYYY-MM-DD`) on which it is due; it
 * counts only where a campaign has bursts, and without it there are none.
 */
export type Plan = (index: number, site_day?: string) => Visit;

/**
 * Compiles settings, material and seed (unsigned 32-bit) into a plan. The plan has no state: it may be
 * asked for any visit, in any order, on any shard, and answers the same to the byte. Visitors who return
 * need the crowd that they belong to (`compileCrowd`); without one everybody comes once.
 */
export function compilePlan(
  settings: PlanSettings,
  material: Material,
  seed: number,
  crowd: Crowd | null = null,
): Plan {
  if (settings.returning_visitor_share > 0 && crowd === null) {
    throw new TypeError('a plan with returning visitors needs their crowd');
  }
  const visitorOf = compileVisitors(material, settings, crowd);
  const choosePages = compilePages(material);
  const timingsOf = compileTimings();
  // Whoever is not recorded is nobody who was there before or comes again.
  const strangerOf = compileVisitors(material, settings, null);
  const negativeOf = compileNegative(material, settings, strangerOf, choosePages, timingsOf);
  const originOf = compileChannels(material, settings);
  const actionsOf = compileActions(material, settings);
  const walkOf = compileFunnels(material, settings);
  const journeyOf = compileJourneys(material, settings);
  const lastWord = compileLastWord(material, settings);
  const orderOf = compileOrders(material.products, settings);
  const orderProbability = probabilityInLongVisits(settings, settings.ecommerce_probability);
  const pauseRange_ms = [
    settings.pause_between_pvs_min * 1000,
    settings.pause_between_pvs_max * 1000,
  ] as const;
  const { visit_duration_min, visit_duration_max, pageviews_min, pageviews_max } = settings;

  const dated = dependsOnDay(settings);

  const planned = (draws: Draws, origin: Origin, visitor: Visitor, loads: PageLoads): Visit => {
    const { visit: index } = draws;
    const { channel, referrer: entry } = origin;
    const campaign = origin.campaign === null ? null : origin.campaign.name;
    const walk = walkOf === null ? null : walkOf(draws, entry, loads);
    if (walk?.leaves) {
      const hits = [...walk.hits, endOf(walk)];
      const { offset_ms: duration_ms, track: funnel } = walk;
      return { index, visitor, hits, duration_ms, channel, campaign, funnel };
    }
    const taken =
      walk === null && journeyOf !== null ? journeyOf(draws, origin, visitor, loads) : null;
    if (taken !== null && 'journey' in taken) {
      const { journey, hits, duration_ms } = taken;
      return { index, visitor, hits, duration_ms, channel, campaign, journey };
    }
    const minutes =
      visit_duration_min + draws.unit(purpose.duration) * (visit_duration_max - visit_duration_min);
    const duration_ms = Math.round(minutes * 60_000);
    const count = draws.between(pageviews_min, pageviews_max, purpose.pageCount);
    const views = pageViews(
      draws,
      choosePages(draws, count),
      duration_ms,
      pauseRange_ms,
      walk === null ? entry : walk.open.page.url,
      loads,
      walk?.pageviews,
    );
    const actions = count > 1 ? actionsOf(draws, views, duration_ms, entry === null) : [];
    const hits = inOrder(views, actions);
    const last = views[count - 1] as Hit;
    if (count > 1 && draws.chance(orderProbability, purpose.wantsOrder)) {
      const latest = hits[hits.length - 1] as Hit;
      const linger = 0.3 + 0.6 * draws.unit(purpose.linger);
      hits.push({
        ...last,
        kind: 'order',
        offset_ms: latest.offset_ms + Math.floor((duration_ms - latest.offset_ms) * linger),
        pause_ms: 0,
        detail: orderOf(draws, walk?.orders),
      });
    }
    hits.push({ ...last, kind: 'ping', offset_ms: duration_ms, pause_ms: 0, detail: null });
    const visit = { index, visitor, hits, duration_ms, channel, campaign };
    if (walk !== null) return afterFunnel(walk, visit);
    return taken === null ? visit : withFault(visit, taken.fault);
  };

  return (index, site_day) => {
    const draws = new Draws(seed, index);
    const negative = negativeOf === null ? null : negativeOf(draws);
    if (negative !== null) return negative;
    const origin = originOf(draws, site_day);
    const visitor = visitorOf(draws);
    const loads = timingsOf(draws, visitor.device.kind);
    const visit = planned(draws, origin, visitor, loads);
    const said = lastWord === null ? visit : lastWord(visit, draws, origin.referrer, loads);
    return arrived(origin.campaign, dated && site_day !== undefined ? { ...said, site_day } : said);
  };
}

/** Whether a visit is another one on another day of the site. */
export const dependsOnDay = (settings: Pick<Settings, 'campaigns'>): boolean =>
  campaignsOf(settings).campaigns.some(hasBursts);

/** One visit of a plan: what `compilePlan` does, for a single look. */
export function planVisit(
  settings: PlanSettings,
  material: Material,
  seed: number,
  index: number,
  crowd: Crowd | null = null,
): Visit {
  return compilePlan(settings, material, seed, crowd)(index);
}

/** The same visitor browses on in the same visit: everything is later by the time in the funnel. */
function afterFunnel(walk: Walk, visit: Visit): Visit {
  const later = visit.hits.map((hit, n) => ({
    ...hit,
    offset_ms: hit.offset_ms + walk.offset_ms,
    pause_ms: n === 0 ? walk.pause_ms : hit.pause_ms,
  }));
  return {
    ...visit,
    hits: [...walk.hits, ...later],
    duration_ms: visit.duration_ms + walk.offset_ms,
    funnel: walk.track,
  };
}

/** Every page view, then what happens on that page by its moments. */
function inOrder(views: readonly Hit[], actions: Hit[]): Hit[] {
  if (actions.length === 0) return [...views];
  actions.sort((a, b) => a.offset_ms - b.offset_ms);
  const hits: Hit[] = [];
  for (const view of views) {
    hits.push(view);
    for (const action of actions) if (action.pageview_id === view.pageview_id) hits.push(action);
  }
  return hits;
}
