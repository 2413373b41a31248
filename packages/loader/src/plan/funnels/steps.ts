import type { FunnelStep, FunnelStepOf } from '@trafficinator/contract';
import { resultsAt } from '../actions.ts';
import { type Draws, purpose } from '../draw.ts';
import { type Encoded, encoded, type Page } from '../material/material.ts';
import type { HitDetail, HitKind } from '../visit.ts';
import type { compileFunnelOrders } from './order.ts';

/** A step, ready to become a hit. */
export interface CompiledStep {
  readonly kind: HitKind;
  /** Where it happens. */
  readonly page: Page;
  /** Matomo's `urlref`, as far as it does not depend on how the visitor came; null: the open page's own. */
  readonly referrer: Encoded | null;
  /** The clicked address lies on another host. */
  readonly leads_away: boolean;
  /** What the step says; null for a page view. `at`: its position in the funnel. */
  readonly detailOf: ((draws: Draws, at: number) => HitDetail) | null;
  readonly delay_least_ms: number;
  readonly delay_most_ms: number;
  readonly drop_off: number;
}

/** The longest that a visitor takes after this step. */
export const longestDelay_ms = (
  step: Pick<FunnelStep, 'delay_seconds_min' | 'delay_seconds_max'>,
): number => (step.delay_seconds_max ?? step.delay_seconds_min ?? 0) * 1000;

type Orders = ReturnType<typeof compileFunnelOrders>;

const maybe = (text: string | null): Encoded | null => (text === null ? null : encoded(text));

/** Compiles the steps of a funnel, each with its page; every text is encoded here, once. */
export function compileSteps(
  steps: readonly FunnelStep[],
  places: readonly Page[],
  orders: Orders,
): CompiledStep[] {
  let open = places[0] as Page;
  let earlier = 0;
  let cart: FunnelStepOf<'cart'> | null = null;
  return steps.map((step, at) => {
    const page = places[at] as Page;
    const link = 'target_url' in step ? new URL(step.target_url, page.url.raw) : null;
    const stays = step.type !== 'pageview' && page.url.raw === open.url.raw;
    const from = at === 0 || stays ? null : open.url;
    const compiled: CompiledStep = {
      ...partsOf(step, link, orders, { earlier, cart }),
      page,
      referrer: link === null ? from : page.url,
      leads_away: link !== null && link.host !== new URL(page.url.raw).host,
      delay_least_ms: (step.delay_seconds_min ?? 0) * 1000,
      delay_most_ms: longestDelay_ms(step),
      drop_off: step.drop_off,
    };
    if (step.type === 'pageview') open = page;
    if (step.type === 'cart') cart = step;
    if (step.type === 'ecommerce') {
      earlier++;
      cart = null;
    }
    return compiled;
  });
}

function partsOf(
  step: FunnelStep,
  link: URL | null,
  orders: Orders,
  before: Parameters<Orders['orderOf']>[1],
): Pick<CompiledStep, 'kind' | 'detailOf'> {
  switch (step.type) {
    case 'pageview':
      return { kind: 'pageview', detailOf: null };
    case 'event':
      return said('event', {
        category: encoded(step.event_category),
        action: encoded(step.event_action),
        name: encoded(step.event_name),
        value: step.event_value,
      });
    case 'site_search': {
      const term = { keyword: encoded(step.search_keyword), category: maybe(step.search_category) };
      const { search_results: results } = step;
      if (results !== null) return said('search', { term, results });
      const found = (draws: Draws, at: number) => resultsAt(draws.unit(purpose.funnelResults, at));
      return { kind: 'search', detailOf: (draws, at) => ({ term, results: found(draws, at) }) };
    }
    case 'outlink':
    case 'download':
      return said(step.type, { url: encoded(link?.href ?? step.target_url) });
    case 'ecommerce':
      return { kind: 'order', detailOf: orders.orderOf(step, before) };
    case 'cart':
      return { kind: 'cart', detailOf: orders.cartOf(step) };
    case 'goal':
      return said('goal', {
        goal: step.goal_id,
        revenue_minor: step.goal_revenue === null ? null : Math.round(step.goal_revenue * 100),
      });
    case 'content':
      return said(step.content_interaction === null ? 'content' : 'interaction', {
        name: encoded(step.content_name),
        piece: maybe(step.content_piece),
        target: maybe(step.content_target),
        interaction: maybe(step.content_interaction),
      });
  }
}

/** What is the same in every visit. */
const said = (kind: HitKind, detail: HitDetail): Pick<CompiledStep, 'kind' | 'detailOf'> => ({
  kind,
  detailOf: () => detail,
});
