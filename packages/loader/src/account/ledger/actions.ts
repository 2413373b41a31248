import type { HitKind } from '../../plan/visit.ts';
import type { LedgerHit } from './hit.ts';
import { isBlank, type PageFacts } from './page.ts';
import type { LedgerSite } from './site.ts';
import type { OpenVisit } from './visit.ts';

/** The keyword of the search that Matomo sees in a hit, or null: from the hit itself, else from its URL. */
export function keywordOf(hit: LedgerHit, page: PageFacts, site: LedgerSite): string | null {
  if (!site.sitesearch || (hit.kind !== 'pageview' && hit.kind !== 'search')) return null;
  if (hit.keyword === null || isBlank(hit.keyword)) return page.keyword;
  const keyword = hit.keyword.trim();
  return isBlank(keyword) ? null : keyword;
}

/** What Matomo records a hit as: page views and searches are told apart by whether there is a keyword. */
export function recordedAs(kind: HitKind, keyword: string | null): HitKind {
  if (kind !== 'pageview' && kind !== 'search') return kind;
  return keyword === null ? 'pageview' : 'search';
}

/** Counts what happened in a visit. */
export function countAction(
  visit: OpenVisit,
  kind: HitKind,
  page: string,
  keyword: string | null,
): void {
  const { metrics, keywords } = visit.day;
  switch (kind) {
    case 'pageview':
      metrics.page_views++;
      if (!visit.pages.includes(page)) {
        visit.pages.push(page);
        metrics.unique_page_views++;
      }
      break;
    case 'search':
      metrics.searches++;
      if (keyword !== null) keywords.add(keyword);
      metrics.keywords = keywords.size;
      break;
    case 'outlink':
      metrics.outlinks++;
      break;
    case 'download':
      metrics.downloads++;
      break;
    case 'event':
      metrics.events++;
      break;
    case 'content':
      metrics.content_impressions++;
      return;
    case 'interaction':
      metrics.content_interactions++;
      return;
    default:
      return;
  }
  countInVisit(visit);
}

/** Content, carts, orders, goals and pings are no actions; two actions end a bounce. */
function countInVisit(visit: OpenVisit): void {
  const { metrics } = visit.day;
  visit.actions++;
  metrics.actions++;
  if (visit.returning) metrics.returning_actions++;
  if (visit.actions === 2) metrics.bounces--;
  if (visit.actions > metrics.max_actions) metrics.max_actions = visit.actions;
}
