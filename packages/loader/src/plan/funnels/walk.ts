import { type Draws, purpose } from '../draw.ts';
import type { Encoded } from '../material/material.ts';
import { pageviewId } from '../pages.ts';
import type { PageLoads } from '../timings.ts';
import type { FunnelTrack, Hit } from '../visit.ts';
import type { CompiledStep } from './steps.ts';

/** A funnel, ready to be walked. */
export interface CompiledFunnel {
  readonly name: string;
  readonly steps: readonly CompiledStep[];
  readonly exit_after_completion: boolean;
}

/** What a visitor did in a funnel. */
export interface Walk {
  readonly hits: Hit[];
  readonly track: FunnelTrack;
  /** The page that is open at the end. */
  readonly open: Hit;
  /** Simulated time at the end, and the pause before whatever comes next. */
  readonly offset_ms: number;
  readonly pause_ms: number;
  readonly pageviews: number;
  readonly orders: number;
  /** The visitor leaves now; else goes on browsing. */
  readonly leaves: boolean;
}

/**
 * Walks a visitor through a funnel: each step is one hit, in the order of the steps, and what a visitor
 * waits after a step is both simulated (`offset_ms`) and really waited (`pause_ms` of the next hit). The
 * first step must be a page view. `entry`: what led to the visit; `loads`: how
 * long its pages take to load.
 */
export function walk(
  funnel: CompiledFunnel,
  draws: Draws,
  entry: Encoded | null,
  loads: PageLoads,
): Walk {
  const hits: Hit[] = [];
  let offset_ms = 0;
  let pause_ms = 0;
  let pageviews = 0;
  let orders = 0;
  let open: Hit | null = null;
  let dropsOff = false;
  for (const [at, step] of funnel.steps.entries()) {
    const views = step.kind === 'pageview';
    const hit: Hit = {
      kind: step.kind,
      offset_ms,
      pause_ms,
      page: step.page,
      referrer: open === null ? entry : referrerOf(step, open, entry),
      pageview_id: views ? pageviewId(draws, pageviews) : (open as Hit).pageview_id,
      detail: step.detailOf === null ? loads(pageviews) : step.detailOf(draws, at),
    };
    hits.push(hit);
    if (views) {
      open = hit;
      pageviews++;
    }
    if (step.kind === 'order') orders++;
    pause_ms = delayAfter(step, draws, at);
    offset_ms += pause_ms;
    dropsOff = draws.chance(step.drop_off, purpose.funnelDropOff, at);
    if (dropsOff) break;
  }
  return {
    hits,
    track: { name: funnel.name, length: funnel.steps.length, steps: [...hits] },
    open: open as Hit,
    offset_ms,
    pause_ms,
    pageviews,
    orders,
    leaves: dropsOff || funnel.exit_after_completion,
  };
}

/**
 * A click to another host in a direct visit must not name its page: Matomo would take a page whose host is
 * not among the site's URLs for an external referrer, and rewrite the channel of the visit.
 */
function referrerOf(step: CompiledStep, open: Hit, entry: Encoded | null): Encoded | null {
  if (step.leads_away && entry === null) return null;
  return step.referrer ?? open.referrer;
}

function delayAfter(step: CompiledStep, draws: Draws, at: number): number {
  const { delay_least_ms: least, delay_most_ms: most } = step;
  return Math.round(least + draws.unit(purpose.funnelDelay, at) * (most - least));
}

/** The end of a stay, on the page that is open. */
export function endOf({ open, offset_ms, pause_ms }: Walk): Hit {
  return { ...open, kind: 'ping', offset_ms, pause_ms, detail: null };
}
