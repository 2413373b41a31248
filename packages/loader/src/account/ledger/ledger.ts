import type { HitKind } from '../../plan/visit.ts';
import { countAction, keywordOf, recordedAs } from './actions.ts';
import {
  campaignKeyword,
  changesCampaign,
  channelOf,
  countChannel,
  learnsSource,
} from './arrival.ts';
import { recordCart, recordGoal, recordOrder } from './conversions.ts';
import { AutomaticGoals } from './goals.ts';
import type { LedgerHit } from './hit.ts';
import { addLength, conversionSeconds, setLength } from './length.ts';
import { Memo } from './memo.ts';
import { addMetrics, type DayMetrics, noMetrics } from './metrics.ts';
import { noPage, type PageFacts, readPage } from './page.ts';
import { compileReferrerReader, noReferrer, type ReferrerFacts } from './referrer.ts';
import { type LedgerGoal, type LedgerSite, type LedgerSiteChoices, ledgerSite } from './site.ts';
import { type SiteDay, SiteDays } from './site-days.ts';
import { isNear, type OpenVisit } from './visit.ts';
import { addVisit, handOver, Visitors } from './visitors.ts';

const rememberedAddresses = 65_536;

/**
 * Predicts Matomo's reports, day by day of the site, from the hits that were accepted: by Matomo's own
 * rules as they were observed on a running 5.2, not by counting hits. It holds state only of visitors
 * that may come back. The hits of a visitor must come in the order in which Matomo got them.
 */
export class Ledger {
  readonly #site: LedgerSite;
  /** Matomo archives no conversions at all for a site that has neither a shop nor goals. */
  readonly #reportsConversions: boolean;
  readonly #days: SiteDays;
  readonly #visitors = new Visitors();
  readonly #goals: AutomaticGoals;
  readonly #goalsById: ReadonlyMap<number, LedgerGoal>;
  readonly #pages: Memo<PageFacts>;
  readonly #referrers: Memo<ReferrerFacts>;

  constructor(choices: LedgerSiteChoices) {
    const site = ledgerSite(choices);
    const searchParameters = site.site_search_parameters.map((name) => name.toLowerCase());
    this.#site = site;
    this.#reportsConversions = site.ecommerce || site.goals.length > 0;
    this.#days = new SiteDays(site.timezone);
    this.#goals = new AutomaticGoals(site.goals);
    this.#goalsById = new Map(site.goals.map((goal) => [goal.id, goal]));
    this.#pages = new Memo(rememberedAddresses, (url) => readPage(url, searchParameters));
    this.#referrers = new Memo(rememberedAddresses, compileReferrerReader(site));
  }

  /** Matomo recorded a hit. */
  accepted(hit: LedgerHit): void {
    this.#take(hit, false);
  }

  /**
   * Matomo refused an order because it has its id already. The order does not count again, but the hit
   * belongs to a visit all the same, which is converted by it.
   */
  refusedOrder(hit: LedgerHit): void {
    this.#take(hit, true);
  }

  /** This device, or this user, was there before the hits that the ledger gets. */
  knew(visitor: string, user_id: string | null): void {
    this.#visitors.knew(visitor, user_id);
  }

  /** This device, and this user, will not come back. */
  forget(visitor: string, user_id: string | null = null): void {
    this.#visitors.forget(visitor, user_id);
  }

  /** By day `YYYY-MM-DD` of the site, in order; days on which nothing happened are missing. */
  days(): ReadonlyMap<string, DayMetrics> {
    // A ping alone makes no visit, but it looks its day up.
    const lively = this.#days.all().filter(({ metrics }) => metrics.visits > 0);
    return new Map(lively.map(({ date, metrics }) => [date, metrics]));
  }

  /** All days together, by the rules of `addMetrics`. */
  total(): DayMetrics {
    const total = noMetrics();
    for (const { metrics } of this.#days.all()) addMetrics(total, metrics);
    return total;
  }

  #take(hit: LedgerHit, isRefused: boolean): void {
    const day = this.#days.at(hit.at_seconds);
    const page = hit.url === null ? noPage : this.#pages.of(hit.url);
    const referrer = hit.referrer === null ? noReferrer : this.#referrers.of(hit.referrer);
    const visitor = this.#visitors.find(hit, day);
    let visit = visitor === null ? null : visitor.visit;
    if (
      visitor !== null &&
      visit !== null &&
      isNear(visit, hit, day) &&
      !changesCampaign(visit, page, referrer)
    ) {
      if (hit.user_id !== null && !visitor.is_user) {
        handOver(visit, visitor, this.#visitors.ownerOf(hit));
      }
      learnsSource(visit, page, referrer);
      setLength(visit, hit.at_seconds);
      if (hit.kind === 'ping') return;
      if (hit.at_seconds > visit.last_seconds) visit.last_seconds = hit.at_seconds;
      addLength(visit, this.#record(hit, visit, page, isRefused));
      return;
    }
    if (hit.kind === 'ping') return;
    visit = this.#newVisit(hit, day, page, referrer, visitor !== null);
    const seconds = this.#record(hit, visit, page, isRefused);
    if (visitor !== null) addLength(visit, seconds);
  }

  #newVisit(
    hit: LedgerHit,
    day: SiteDay,
    page: PageFacts,
    referrer: ReferrerFacts,
    isKnown: boolean,
  ): OpenVisit {
    const channel = channelOf(page, referrer);
    // Whoever begins with an order has ordered before, thinks Matomo.
    const returning = isKnown || hit.kind === 'order';
    const visit: OpenVisit = {
      day,
      first_seconds: hit.at_seconds,
      last_seconds: hit.at_seconds,
      length_seconds: 0,
      actions: 0,
      returning,
      converted: false,
      channel,
      campaign_name: page.campaign?.name ?? '',
      campaign_keyword: campaignKeyword(page, referrer, null),
      pages: [],
      goals: [],
      cart: null,
      ordered: false,
    };
    const { metrics } = day;
    metrics.visits++;
    metrics.bounces++;
    countChannel(metrics, channel, 1);
    if (returning) metrics.returning_visits++;
    else metrics.new_visits++;
    addVisit(this.#visitors.ownerOf(hit), visit);
    return visit;
  }

  /** Records what a hit of the visit says; returns the seconds that a conversion in it adds. */
  #record(hit: LedgerHit, visit: OpenVisit, page: PageFacts, isRefused: boolean): number {
    const keyword = keywordOf(hit, page, this.#site);
    const kind = recordedAs(hit.kind, keyword);
    countAction(visit, kind, page.page, keyword);
    const idgoal = this.#convert(kind, hit, visit, isRefused);
    if (idgoal === null) return 0;
    if (!visit.converted) visit.day.metrics.converted_visits++;
    visit.converted = true;
    return conversionSeconds(idgoal);
  }

  /** The `idgoal` of a hit that converts, −1 when it says none; null when it does not convert. */
  #convert(kind: HitKind, hit: LedgerHit, visit: OpenVisit, isRefused: boolean): number | null {
    if (hit.order !== null) {
      if (this.#reportsConversions && !isRefused) recordOrder(visit, hit.order);
      return 0;
    }
    if (hit.cart !== null) {
      if (this.#reportsConversions) recordCart(visit, hit.cart);
      return null;
    }
    if (hit.conversion !== null) {
      const { goal, revenue_minor } = hit.conversion;
      recordGoal(visit, this.#goalOf(goal), revenue_minor);
      return goal;
    }
    const goals = this.#goals.of(kind, hit);
    for (const goal of goals) recordGoal(visit, goal, null);
    return goals.length > 0 ? -1 : null;
  }

  /** Matomo refuses goals it does not know, so an accepted one exists even if the site's list lacks it. */
  #goalOf(id: number): LedgerGoal {
    return (
      this.#goalsById.get(id) ?? {
        id,
        match: 'manually',
        pattern: '',
        pattern_type: 'exact',
        case_sensitive: false,
        allow_multiple: false,
        revenue_minor: 0,
      }
    );
  }
}
