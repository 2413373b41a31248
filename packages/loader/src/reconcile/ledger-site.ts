import type { LedgerSiteChoices } from '../account/ledger/site.ts';
import type { Site } from '../send/preflight/api.ts';
import { goalFigure } from './figures.ts';
import type { SiteGoal } from './site-goals.ts';

/** A site as the ledger needs it, and what the ledger cannot predict there. */
export interface LedgerFacts {
  readonly choices: LedgerSiteChoices;
  /** Names of metrics that cannot be predicted, with the reason. */
  readonly untold: ReadonlyMap<string, string>;
}

/**
 * What was delivered counts as planned, also where the site's settings keep it out of the reports: with
 * ecommerce or site search off the ledger counts orders and searches all the same, so that their absence
 * is a difference with a name. `zone`: the site's, as this program names it. A search parameter in a page's URL counts only where site search is on.
 */
export function ledgerFacts(site: Site, zone: string, goals: readonly SiteGoal[]): LedgerFacts {
  const own = site.sitesearch_keyword_parameters
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return {
    choices: {
      timezone: zone,
      ecommerce: true,
      sitesearch: true,
      ...(site.sitesearch && own.length === 0
        ? {}
        : { site_search_parameters: site.sitesearch ? own : [] }),
      main_urls: site.urls,
      goals: goals.flatMap(({ ledger }) => (ledger === null ? [] : [ledger])),
    },
    untold: untoldMetrics(goals),
  };
}

/** What a conversion of a goal changes besides the goal itself. */
const touchedByConversions = [
  'converted_visits',
  'conversions',
  'conversion_revenue_minor',
  'sum_visit_length_seconds',
];

function untoldMetrics(goals: readonly SiteGoal[]): Map<string, string> {
  const untold = new Map<string, string>();
  for (const { id, name, ledger, revenue_from_event } of goals) {
    const which = `goal ${id} (${name})`;
    if (ledger === null) {
      const why = `${which} converts by what cannot be planned`;
      const own = [goalFigure.conversions(id), goalFigure.visits(id), goalFigure.revenue(id)];
      for (const metric of [...touchedByConversions, ...own]) untold.set(metric, why);
    } else if (revenue_from_event) {
      const why = `the revenue of ${which} is the value of an event`;
      untold.set(goalFigure.revenue(id), why);
      untold.set('conversion_revenue_minor', why);
    }
  }
  return untold;
}
