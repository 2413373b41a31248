import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hitOfParameters } from '../../testing/hit-of-parameters.ts';
import { Ledger } from './ledger.ts';
import { type DayMetrics, noMetrics } from './metrics.ts';
import type { GoalMatch, LedgerSiteChoices } from './site.ts';

/** Histories of hits and what a running Matomo 5.2 reported of them. */
const recorded = z
  .object({
    sites: z.record(
      z.string(),
      z.object({
        main_url: z.string(),
        timezone: z.string(),
        ecommerce: z.number(),
        sitesearch: z.number(),
        goals: z.array(
          z.object({
            idgoal: z.number(),
            match_attribute: z.string(),
            pattern: z.string().default(''),
            pattern_type: z.enum(['contains', 'exact', 'regex']).default('contains'),
            case_sensitive: z.number().default(0),
            allow_multiple: z.number(),
            revenue: z.number(),
          }),
        ),
      }),
    ),
    vectors: z.array(
      z.object({
        name: z.string(),
        site: z.number(),
        hits: z.array(z.record(z.string(), z.union([z.string(), z.number()]))),
        answer: z.object({ body: z.object({ invalid_indices: z.array(z.number()) }) }),
        days: z.record(z.string(), z.record(z.string(), z.unknown())),
      }),
    ),
  })
  .parse(
    JSON.parse(
      readFileSync(new URL('../../../../fake-matomo/test/vectors.json', import.meta.url), 'utf8'),
    ),
  );

function siteOf(id: number): LedgerSiteChoices {
  const site = recorded.sites[id];
  if (site === undefined) throw new Error(`there is no site ${id}`);
  return {
    timezone: site.timezone,
    ecommerce: site.ecommerce === 1,
    sitesearch: site.sitesearch === 1,
    main_urls: [site.main_url],
    goals: site.goals.map((goal) => ({
      id: goal.idgoal,
      match: goal.match_attribute as GoalMatch,
      pattern: goal.pattern,
      pattern_type: goal.pattern_type,
      case_sensitive: goal.case_sensitive === 1,
      allow_multiple: goal.allow_multiple === 1,
      revenue_minor: goal.revenue * 100,
    })),
  };
}

/** A day of the ledger as the recording has it. */
function reportsOf(day: DayMetrics): Record<string, unknown> {
  const goal = (id: number) => {
    const { conversions, visits, revenue_minor } = day.goals.get(id) ?? {
      conversions: 0,
      visits: 0,
      revenue_minor: 0,
    };
    return {
      nb_conversions: conversions,
      nb_visits_converted: visits,
      revenue: revenue_minor / 100,
    };
  };
  const channels = {
    'Direct Entry': day.direct_visits,
    'Search Engines': day.search_visits,
    'Social Networks': day.social_visits,
    Websites: day.website_visits,
    Campaigns: day.campaign_visits,
  };
  return {
    'VisitsSummary.get': {
      nb_uniq_visitors: day.unique_visitors,
      nb_users: day.users,
      nb_visits: day.visits,
      nb_actions: day.actions,
      nb_visits_converted: day.converted_visits,
      bounce_count: day.bounces,
      sum_visit_length: day.sum_visit_length_seconds,
      max_actions: day.max_actions,
    },
    'VisitFrequency.get': {
      nb_visits_new: day.new_visits,
      nb_visits_returning: day.returning_visits,
      nb_actions_returning: day.returning_actions,
    },
    'Actions.get': {
      nb_pageviews: day.page_views,
      nb_uniq_pageviews: day.unique_page_views,
      nb_downloads: day.downloads,
      nb_outlinks: day.outlinks,
      nb_searches: day.searches,
      nb_keywords: day.keywords,
    },
    'Goals.get': {
      nb_conversions: day.conversions,
      nb_visits_converted: day.converted_visits,
      revenue: day.conversion_revenue_minor / 100,
    },
    'Goals.get order': {
      nb_conversions: day.orders,
      nb_visits_converted: day.order_visits,
      revenue: day.order_revenue_minor / 100,
      revenue_subtotal: day.order_subtotal_minor / 100,
      revenue_tax: day.order_tax_minor / 100,
      revenue_shipping: day.order_shipping_minor / 100,
      revenue_discount: day.order_discount_minor / 100,
      items: day.order_items,
    },
    'Goals.get cart': {
      nb_conversions: day.carts,
      nb_visits_converted: day.carts,
      revenue: day.cart_revenue_minor / 100,
      items: day.cart_items,
    },
    'Goals.get goal1': goal(1),
    'Goals.get goal2': goal(2),
    events: day.events,
    content: { impressions: day.content_impressions, interactions: day.content_interactions },
    referrers: Object.fromEntries(Object.entries(channels).filter(([, visits]) => visits > 0)),
  };
}

describe('what a running Matomo reported', () => {
  it('is all there', () => {
    expect(recorded.vectors).toHaveLength(62);
  });

  it.each(recorded.vectors)('is what the ledger predicts: $name', (vector) => {
    const ledger = new Ledger(siteOf(vector.site));
    for (const [index, parameters] of vector.hits.entries()) {
      const hit = hitOfParameters(parameters);
      if (hit === null) continue;
      if (!vector.answer.body.invalid_indices.includes(index)) ledger.accepted(hit);
      else if (hit.kind === 'order') ledger.refusedOrder(hit);
    }
    const days = ledger.days();
    for (const [date, { pages, ...reports }] of Object.entries(vector.days)) {
      expect(reportsOf(days.get(date) ?? noMetrics()), date).toEqual(reports);
    }
    expect(Object.keys(vector.days)).toEqual(expect.arrayContaining([...days.keys()]));
  });
});
